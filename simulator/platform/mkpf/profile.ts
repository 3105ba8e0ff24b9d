/**
 * NON-NORMATIVE / 非規範（実仕様は非公開）
 *
 * Everything about the wire format of マイキープラットフォーム (MKPF) that is a guess: paths, field names,
 * codes, limits and rules. The real ones are in the 連携仕様書, given on request (platform-facts 1.6),
 * and are NOT these. A vendor replaces this file's values, not the code:
 *
 * @example parseMkpfProfile({ paths: { validity: "/api/real/path" } })
 *
 * UNVERIFIED: all values below. The shape follows platform-facts 1.6 ("recommended emulator shape").
 */
import { z } from "zod";
import { evidenceFields, evidenceMethods } from "../evidence.ts";
import { listSchedule } from "../kept-lists.ts";
import { NOTICE } from "../notice.ts";
import { parseProfile } from "../parse-profile.ts";
import { wireTable } from "../wire.ts";

const paths = wireTable({
  authorization: "/oauth/authorize",
  token: "/oauth/token",
  jwks: "/oauth/jwks",
  userinfo: "/oauth/userinfo",
  /** 類型①: reading and consent pages; the id of the visit follows. */
  counter: "/counter",
  /** Scripts of those pages, which use かざし利用クライアントソフト. */
  clientSoftwareFiles: "/client-software",
  validity: "/api/v1/validity",
  signCertificateStatus: "/api/v1/sign-certificate-status",
  /** Asked by かざし利用クライアントソフト before it touches a card. */
  clientSoftware: "/api/v1/client-software",
  /** Ends the link of a person with a system (MK-21). */
  unlink: "/api/v1/unlink",
}).refine((table) => Object.values(table).every((path) => path.startsWith("/")), {
  message: "a path starts with /",
});

/** Scopes a registered system may be granted. */
const scopes = wireTable({
  validity: "validity",
  signCertificateStatus: "sign-certificate-status",
  unlink: "unlink",
  /** 類型①: PPID of the person at the counter, and on request their 4情報. */
  ppid: "ppid",
  attributes: "attributes",
});

/** 類型①: what the person is at the counter for; a parameter of the authorization request. */
const counterModes = wireTable({
  parameter: "mode",
  /** With PIN: 「一体化」 and 「新規ユーザー登録」. */
  register: "register",
  /** かざし利用, without PIN. */
  touch: "touch",
});

/** 類型①: what the reading software hands in, besides certificate and signature. */
const readingFields = wireTable({
  name: "name",
  address: "address",
  /** YYYYMMDD. */
  birthDate: "birth_date",
  /** ISO/IEC 5218. */
  sex: "sex",
  /** Result of the card's internal authentication: `genuine` or anything else. */
  authenticity: "authenticity",
  /** What opens the 券面事項確認AP: YYMMDD, YY being the year of the Japanese era. */
  birthDateKey: "birth_date_key",
});

/** 類型①: claims of the userinfo answer. */
const claims = wireTable({
  ppid: "ppid",
  name: "name",
  address: "address",
  birthDate: "birthdate",
  sex: "gender",
  /** What the validity of the certificate rests on. */
  evidence: "evidence",
});

/** 類型①: `error_description` of a refusal; `error` is access_denied or temporarily_unavailable. */
const counterReasons = wireTable({
  cancelled: "CANCELLED",
  declined: "CONSENT_DECLINED",
  registrationRequired: "REGISTRATION_REQUIRED",
  notGenuine: "CARD_NOT_GENUINE",
  proofInvalid: "PROOF_INVALID",
  revoked: "REVOKED",
  expired: "EXPIRED",
  notYetValid: "NOT_YET_VALID",
  unknown: "UNKNOWN_SERIAL",
  wrongCa: "WRONG_CA",
  wrongEnvironment: "WRONG_ENVIRONMENT",
  wrongKind: "WRONG_CERTIFICATE_KIND",
  statusUnavailable: "STATUS_UNAVAILABLE",
  linkagePending: "LINKAGE_PENDING",
  linkageUnavailable: "LINKAGE_UNAVAILABLE",
});

const requestFields = wireTable({
  /** Base64 DER of the 利用者証明用 certificate. */
  certificate: "certificate",
  method: "method",
  /** Base64: what the card signed, and its RSASSA-PKCS1-v1_5 SHA-256 signature. */
  challenge: "challenge",
  signature: "signature",
  ppid: "ppid",
});

/** What かざし利用クライアントソフト says about whom it is to work for. */
const admissionFields = wireTable({
  edition: "edition",
  /** Origin of the page: scheme, host and port. */
  origin: "origin",
  password: "password",
});

/** ブラウザ拡張機能版, DLL版, モバイル版 (platform-facts 3.1). */
const editions = wireTable({ extension: "EXTENSION", dll: "DLL", mobile: "MOBILE" });

const answerFields = wireTable({
  result: "result",
  reason: "reason",
  ppid: "ppid",
  registration: "registration",
  /** CRLReason and time of a revocation. */
  revocationReason: "revocation_reason",
  revokedAt: "revoked_at",
  proof: "proof",
  retryAfterSeconds: "retry_after",
  /** What the answer rests on. */
  evidence: "evidence",
  error: "error",
  errorDescription: "error_description",
  notice: "notice",
});

const unlinked = wireTable({ unlinked: "UNLINKED" });

const admissions = wireTable({ admitted: "ADMITTED" });

/** 有効 / 無効 / 確認不可. */
const results = wireTable({ valid: "VALID", invalid: "INVALID", unconfirmed: "UNCONFIRMED" });

const invalidReasons = wireTable({
  revoked: "REVOKED",
  expired: "EXPIRED",
  notYetValid: "NOT_YET_VALID",
  unknown: "UNKNOWN_SERIAL",
  wrongCa: "WRONG_CA",
  wrongEnvironment: "WRONG_ENVIRONMENT",
  wrongKind: "WRONG_CERTIFICATE_KIND",
});

const unconfirmedReasons = wireTable({
  statusUnavailable: "STATUS_UNAVAILABLE",
  linkagePending: "LINKAGE_PENDING",
  linkageUnavailable: "LINKAGE_UNAVAILABLE",
});

const registrations = wireTable({ new: "NEW", known: "KNOWN", replaced: "REPLACED" });

const proofs = wireTable({ verified: "VERIFIED", missing: "MISSING", replayed: "REPLAYED" });

/** Function 5: 変更なし / 4情報変更の可能性 / 失効 / 対象なし / 確認不可. */
const signStatuses = wireTable({
  unchanged: "UNCHANGED",
  maybeChanged: "MAYBE_CHANGED",
  lapsed: "LAPSED",
  none: "NONE",
  unconfirmed: "UNCONFIRMED",
});

const errors = wireTable({
  invalidRequest: "invalid_request",
  certificateMalformed: "certificate_malformed",
  methodNotRegistered: "method_not_registered",
  proofInvalid: "proof_invalid",
  proofRequired: "proof_required",
  ppidUnknown: "ppid_unknown",
  invalidToken: "invalid_token",
  insufficientScope: "insufficient_scope",
  /** かざし利用クライアントソフト, and who may not use it. */
  originNotRegistered: "origin_not_registered",
  sourceNotRegistered: "source_not_registered",
  passwordMissing: "password_missing",
  passwordWrong: "password_wrong",
});

const rules = z
  .strictObject({
    accessTokenSeconds: z.int().min(1).max(86_400).default(300),
    /** 類型①. RFC 6749 section 4.1.2 recommends ten minutes at most for a code. */
    codeSeconds: z.int().min(1).max(600).default(60),
    refreshTokenSeconds: z.int().min(1).max(2_592_000).default(28_800),
    /** 類型①: how long a person may take at the counter. */
    counterSeconds: z.int().min(1).max(3600).default(600),
    /** Used when neither the registered system nor the request names one. */
    defaultMethod: z.enum(["ocsp", "crl"]).default("ocsp"),
    /**
     * What becomes of a PPID when the certificate is renewed or the card reissued. No public text says
     * (platform-facts 1.5): `keep` answers with the same PPID at once, `keep-after-delay` once the
     * linkage of the old and the new certificate has arrived, `new` gives another PPID.
     */
    ppidOnRenewal: z.enum(["keep", "new", "keep-after-delay"]).default("keep-after-delay"),
    /** Linkage data are batch-delayed: 90 minutes (platform-facts 5.5). */
    linkageDelayMinutes: z.int().min(0).max(14_400).default(90),
    /** `flag` answers without a proof of possession and notes its absence; `require` refuses. */
    proofOfPossession: z.enum(["flag", "require"]).default("flag"),
    /** Greatest accepted length of the request body, in bytes. */
    bodyBytesMax: z.int().min(1024).max(1_048_576).default(32_768),
  })
  .prefault({});

const schema = z.strictObject({
  name: z.string().min(1).max(100).default("jpki-bench"),
  /** Stands in every answer; a vendor's own profile says where it comes from. */
  notice: z.string().min(1).max(500).default(NOTICE),
  paths,
  scopes,
  counterModes,
  readingFields,
  claims,
  counterReasons,
  requestFields,
  admissionFields,
  editions,
  answerFields,
  evidenceFields,
  methods: evidenceMethods,
  results,
  invalidReasons,
  unconfirmedReasons,
  registrations,
  proofs,
  signStatuses,
  unlinked,
  admissions,
  errors,
  rules,
  /** When the lists for CRL方式 are synchronised from JPKI (platform-facts 1.4). */
  lists: listSchedule(1),
});

export type MkpfProfile = z.output<typeof schema>;

/**
 * Completes and checks a vendor's profile; what it does not name keeps the value above.
 *
 * @throws SimulatorError PLATFORM_PROFILE_INVALID naming each entry that does not fit
 */
export function parseMkpfProfile(value: unknown): MkpfProfile {
  return parseProfile(schema, value, "MKPF");
}

export const DEFAULT_MKPF_PROFILE: MkpfProfile = parseMkpfProfile({});

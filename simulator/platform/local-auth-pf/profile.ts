/**
 * NON-NORMATIVE / 非規範（実仕様は非公開）
 *
 * Everything about the wire format of 地方認証プラットフォーム that is a guess. The real ones are in J-LIS's
 * 『電子証明書検証インタフェース仕様書(OCSP方式)』 and 『地方認証PF拡張インタフェース仕様書(CRL方式)』, given to
 * municipalities through BOS (platform-facts section 2), and are NOT these. A vendor replaces this
 * file's values, not the code:
 *
 * @example parseLocalAuthPfProfile({ paths: { ocsp: "/real/path" } })
 *
 * UNVERIFIED: all values below.
 */
import { z } from "zod";
import { evidenceFields, evidenceMethods } from "../evidence.ts";
import { listSchedule } from "../kept-lists.ts";
import { NOTICE } from "../notice.ts";
import { parseProfile } from "../parse-profile.ts";
import { wireTable } from "../wire.ts";

/** Two front doors, with separate access information (platform-facts section 2). */
const paths = wireTable({
  ocsp: "/ocsp-method/verify",
  crl: "/crl-method/verify",
}).refine((table) => Object.values(table).every((path) => path.startsWith("/")), {
  message: "a path starts with /",
});

/** Where the access information (アクセス情報) stands in a request. */
const accessHeaders = wireTable({ id: "x-access-id", secret: "x-access-secret" });

const requestFields = wireTable({
  /** Base64 DER. */
  certificate: "certificate",
  /** What the caller takes it for. */
  kind: "kind",
});

const kinds = wireTable({ auth: "AUTH", sign: "SIGN" });

const answerFields = wireTable({
  result: "result",
  reason: "reason",
  revocationReason: "revocation_reason",
  revokedAt: "revoked_at",
  evidence: "evidence",
  error: "error",
  errorDescription: "error_description",
  notice: "notice",
});

const results = wireTable({
  valid: "VALID",
  revoked: "REVOKED",
  expired: "EXPIRED",
  /** Neither good nor revoked nor expired; `reason` says what is wrong with it. */
  invalid: "INVALID",
  /** A smartphone certificate, where the municipality has not enabled them. */
  unsupported: "UNSUPPORTED",
  /** A kind of certificate this window may not ask about. */
  notPermitted: "NOT_PERMITTED",
  unconfirmed: "UNCONFIRMED",
});

const invalidReasons = wireTable({
  notYetValid: "NOT_YET_VALID",
  unknown: "UNKNOWN_SERIAL",
  wrongCa: "WRONG_CA",
  wrongEnvironment: "WRONG_ENVIRONMENT",
  wrongKind: "WRONG_CERTIFICATE_KIND",
});

/** Authentication errors stand apart from verdicts: none of these is about a certificate (LA-06). */
const errors = wireTable({
  invalidRequest: "INVALID_REQUEST",
  certificateMalformed: "CERTIFICATE_MALFORMED",
  accessUnknown: "ACCESS_UNKNOWN",
  accessNotActive: "ACCESS_NOT_ACTIVE",
  accessStopped: "ACCESS_STOPPED",
});

const rules = z
  .strictObject({
    /** Greatest accepted length of the request body, in bytes. */
    bodyBytesMax: z.int().min(1024).max(1_048_576).default(32_768),
  })
  .prefault({});

const schema = z.strictObject({
  name: z.string().min(1).max(100).default("jpki-bench"),
  notice: z.string().min(1).max(500).default(NOTICE),
  paths,
  accessHeaders,
  requestFields,
  kinds,
  answerFields,
  evidenceFields,
  methods: evidenceMethods,
  results,
  invalidReasons,
  errors,
  rules,
  /** CRL方式: when the platform loads its copy of the lists, and how old it may get (LA-02, LA-04). */
  lists: listSchedule(5),
});

export type LocalAuthPfProfile = z.output<typeof schema>;

/**
 * Completes and checks a vendor's profile; what it does not name keeps the value above.
 *
 * @throws SimulatorError PLATFORM_PROFILE_INVALID naming each entry that does not fit
 */
export function parseLocalAuthPfProfile(value: unknown): LocalAuthPfProfile {
  return parseProfile(schema, value, "地方認証PF");
}

export const DEFAULT_LOCAL_AUTH_PF_PROFILE: LocalAuthPfProfile = parseLocalAuthPfProfile({});

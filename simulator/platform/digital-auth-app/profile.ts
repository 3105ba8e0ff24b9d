/**
 * NON-NORMATIVE / 非規範（実仕様は非公開）, in part
 *
 * The wire format of デジタル認証アプリサービス (認証API / 署名API). Unlike the other platforms its API
 * reference is public (platform-facts section 4): endpoints, request parameters and their limits below
 * are as published. What the published parts leave open, which is marked, a vendor can replace.
 *
 * @example parseDigitalAuthProfile({ claims: { address: "object" } })
 */
import { z } from "zod";
import { evidenceFields, evidenceMethods } from "../evidence.ts";
import { NOTICE } from "../notice.ts";
import { parseProfile } from "../parse-profile.ts";
import { wireTable } from "../wire.ts";

/** Platform-facts 4.2. Endpoints stand below the issuer's path, the sign API and the screen do not. */
const paths = wireTable({
  issuer: "/api/realms/main",
  authorization: "/protocol/openid-connect/auth",
  token: "/protocol/openid-connect/token",
  userinfo: "/protocol/openid-connect/userinfo",
  jwks: "/protocol/openid-connect/certs",
  signTransactions: "/api/sign-transactions",
  /** UNVERIFIED: address of the test response screen; the id of the visit follows. */
  screen: "/test-response",
  /** UNVERIFIED: where the app for test cards hands in what it read, below the visit's address. */
  app: "/app",
});

/** Platform-facts 4.3. */
const scopes = wireTable({
  name: "name",
  address: "address",
  birthdate: "birthdate",
  gender: "gender",
  sign: "sign",
});

/** Parameters of the authorization request beyond OpenID Connect. */
const parameters = wireTable({
  signTransactionId: "sign_transaction_id",
  /** Of this emulator: the screen's choices made in advance, so that no page is shown. */
  testCard: "test_card",
  outcome: "outcome",
  /** Scopes the person agrees to, separated by commas; all when absent, none for `openid` alone. */
  consent: "consent",
});

/** Beside the code in the answer; its value means nothing to a service (platform-facts 4.2). */
const answerParameters = wireTable({ sessionState: "session_state" });

/** UNVERIFIED: what the app for test cards posts (platform-facts 4.5 and 4.7); binary as base64. */
const appFields = wireTable({
  certificate: "certificate",
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the visit's challenge, by the 利用者証明用 key. */
  signature: "signature",
  /** 4情報, all or none. */
  name: "name",
  address: "address",
  birthDate: "birth_date",
  sex: "sex",
  signCertificate: "sign_certificate",
  /** Over the DigestInfo of the transaction, by the 署名用 key. */
  signSignature: "sign_signature",
});

/** Value of acr_values that asks for the list (platform-facts 4.3). Its OCSP counterpart is unknown. */
const acr = wireTable({ crl: "crl", level: "aal3" });

/**
 * How 4情報 stand in the userinfo answer.
 *
 * UNVERIFIED: all three; test a relying party with each (DA-18).
 */
const claims = z
  .strictObject({
    address: z.enum(["string", "object"]).default("string"),
    birthdate: z.enum(["YYYY-MM-DD", "YYYYMMDD"]).default("YYYY-MM-DD"),
    gender: z.enum(["word", "digit"]).default("word"),
  })
  .prefault({});

/**
 * `error` and `error_description` of a refusal. Values are the two, separated by a space.
 *
 * UNVERIFIED: the error table was not among the parts that could be read; this is the suggested
 * mapping of platform-facts 4.8.
 */
const refusals = wireTable({
  cancelled: "access_denied CANCELLED",
  consentDeclined: "access_denied CONSENT_DECLINED",
  pinLocked: "access_denied PIN_LOCKED",
  certificateRevoked: "access_denied CERTIFICATE_REVOKED",
  certificateExpired: "access_denied CERTIFICATE_EXPIRED",
  certificateRejected: "access_denied CERTIFICATE_REJECTED",
  signCertificateMissing: "access_denied SIGN_CERTIFICATE_MISSING",
  /** The card did not sign the visit's challenge. */
  proofInvalid: "access_denied PROOF_INVALID",
  /** テストカード代替機能 and the app with test cards are not for one service (platform-facts 4.7). */
  testMethodsMixed: "access_denied TEST_METHODS_MIXED",
  /** The transaction has been signed in another visit. */
  transactionUsed: "invalid_request TRANSACTION_USED",
  unmetAcr: "unmet_authentication_requirements UNMET_ACR",
  maintenance: "temporarily_unavailable MAINTENANCE",
  serverError: "server_error SERVER_ERROR",
});

/** UNVERIFIED: fields of the sign API, after an operator's public description (platform-facts 4.5). */
const signFields = wireTable({
  /** Base64 of what is to be signed. */
  hash: "hash",
  hashFormat: "hash_format",
  id: "sign_transaction_id",
  signature: "signature",
  /** JWE (RFC 7516) of the 署名用 certificate, to the key registered for it. */
  certificateJwe: "sign_certificate_jwe",
  evidence: "evidence",
  error: "error",
  errorDescription: "error_description",
  notice: "notice",
});

/** UNVERIFIED: a SHA-256 value, or a DigestInfo that already names the algorithm (for XML). */
const hashFormats = wireTable({ digest: "sha256", digestInfo: "digest_info" });

/** UNVERIFIED: suggested codes, with HTTP status 400, 401, 403, 404, 409 and 410. */
const signErrors = wireTable({
  invalidRequest: "invalid_request",
  certificateMalformed: "certificate_malformed",
  invalidToken: "invalid_token",
  insufficientScope: "insufficient_scope",
  notFound: "not_found",
  notFinished: "not_finished",
  expired: "expired",
});

const rules = z
  .strictObject({
    accessTokenSeconds: z.int().min(1).max(86_400).default(300),
    codeSeconds: z.int().min(1).max(600).default(60),
    refreshTokenSeconds: z.int().min(1).max(2_592_000).default(1800),
    /** How long a person may take with the app. */
    visitSeconds: z.int().min(1).max(3600).default(600),
    signTransactionSeconds: z.int().min(1).max(86_400).default(600),
    /**
     * How client assertions are judged. `lenient`: as the sandbox was seen to, which accepted a life of
     * one day (platform-facts 4.4). `strict`: minutes, and for the token endpoint alone.
     */
    clientAssertions: z.enum(["lenient", "strict"]).default("lenient"),
    /** Greatest life of a client assertion, from `iat` to `exp`. */
    assertionSecondsMax: z
      .strictObject({
        lenient: z.int().min(1).default(90_000),
        strict: z.int().min(1).default(300),
      })
      .prefault({}),
    bodyBytesMax: z.int().min(1024).max(1_048_576).default(32_768),
  })
  .prefault({});

const schema = z.strictObject({
  name: z.string().min(1).max(100).default("jpki-bench"),
  notice: z.string().min(1).max(500).default(NOTICE),
  paths,
  scopes,
  parameters,
  answerParameters,
  appFields,
  acr,
  claims,
  refusals,
  signFields,
  hashFormats,
  signErrors,
  evidenceFields,
  methods: evidenceMethods,
  rules,
});

export type DigitalAuthProfile = z.output<typeof schema>;

/**
 * Completes and checks a vendor's profile; what it does not name keeps the value above.
 *
 * @throws SimulatorError PLATFORM_PROFILE_INVALID naming each entry that does not fit
 */
export function parseDigitalAuthProfile(value: unknown): DigitalAuthProfile {
  return parseProfile(schema, value, "デジタル認証アプリ");
}

export const DEFAULT_DIGITAL_AUTH_PROFILE: DigitalAuthProfile = parseDigitalAuthProfile({});

/**
 * What can go wrong with the status services, by name (platform-facts 8.3, column F). Each breaks what
 * a client sees, never what the CA knows; a scenario or a person at the console switches it on and
 * off.
 */

interface Described {
  readonly ja: string;
  readonly en: string;
  /** Rows of platform-facts 8.3. */
  readonly rows: readonly string[];
}

/** Faults of the way to a service, whatever it serves. */
const TRANSPORT = {
  none: { ja: "障害なし", en: "none", rows: [] },
  timeout: { ja: "応答しない", en: "never answers", rows: ["PK-17"] },
  reset: { ja: "接続を切断する", en: "breaks the connection", rows: ["PK-17"] },
  "http-503": { ja: "HTTP 503を返す", en: "HTTP status 503", rows: ["PK-17"] },
  html: {
    ja: "HTTP 200でHTMLのページを返す",
    en: "a web page of somebody in between, with status 200",
    rows: ["PK-17"],
  },
} as const satisfies Record<string, Described>;

export const OCSP_FAULTS = {
  ...TRANSPORT,
  malformedRequest: { ja: "malformedRequest(1)を返す", en: "malformedRequest", rows: ["PK-18"] },
  internalError: { ja: "internalError(2)を返す", en: "internalError", rows: ["PK-18"] },
  tryLater: { ja: "tryLater(3)を返す", en: "tryLater", rows: ["PK-18"] },
  sigRequired: { ja: "sigRequired(5)を返す", en: "sigRequired", rows: ["PK-18"] },
  unauthorized: { ja: "unauthorized(6)を返す", en: "unauthorized", rows: ["PK-18"] },
  "nonce-missing": { ja: "nonceがない", en: "leaves the nonce out", rows: ["PK-19"] },
  "nonce-wrong": {
    ja: "別の要求のnonceを返す",
    en: "the nonce of another request",
    rows: ["PK-19"],
  },
  "this-update-future": { ja: "thisUpdateが未来", en: "thisUpdate in the future", rows: ["PK-20"] },
  "next-update-past": { ja: "nextUpdateが過去", en: "nextUpdate in the past", rows: ["PK-20"] },
  "produced-before-update": {
    ja: "producedAtがthisUpdateより前",
    en: "producedAt before thisUpdate",
    rows: ["PK-20"],
  },
  "other-serial": {
    ja: "別の発行番号について答える",
    en: "answers for another serial",
    rows: ["PK-22"],
  },
  "good-and-revoked": {
    ja: "同じ証明書について有効と失効の両方を答える",
    en: "good and revoked for the same certificate",
    rows: ["PK-22"],
  },
  "responder-without-eku": {
    ja: "応答者の証明書にOCSPSigningがない",
    en: "a responder certificate without OCSPSigning",
    rows: ["PK-23"],
  },
  "responder-expired": {
    ja: "応答者の証明書の有効期限が切れている",
    en: "a responder certificate that has expired",
    rows: ["PK-23"],
  },
  "responder-of-other-ca": {
    ja: "別のCA（あれば別世代）の応答者が署名する",
    en: "a responder of another generation, or else of another CA",
    rows: ["PK-23"],
  },
  "signature-wrong": { ja: "署名が正しくない", en: "a wrong signature", rows: ["PK-23"] },
  "sha1-only": {
    ja: "SHA-1のCertIDだけを受け付ける",
    en: "knows CertIDs with SHA-1 only",
    rows: ["PK-24"],
  },
  "sha256-only": {
    ja: "SHA-256のCertIDだけを受け付ける",
    en: "knows CertIDs with SHA-256 only",
    rows: ["PK-24"],
  },
  "status-unknown": {
    ja: "すべてunknownと答える",
    en: "says unknown to everything",
    rows: ["PK-25"],
  },
} as const satisfies Record<string, Described>;

export const CRL_FAULTS = {
  ...TRANSPORT,
  stale: { ja: "nextUpdateを過ぎたCRL", en: "a list past its nextUpdate", rows: ["PK-08"] },
  yesterday: {
    ja: "前日のCRL（切替中）",
    en: "the list of yesterday, as during a swap",
    rows: ["PK-09"],
  },
  "signature-wrong": {
    ja: "署名が正しくないCRL",
    en: "a list with a wrong signature",
    rows: ["PK-10"],
  },
  "other-generation-key": {
    ja: "別の鍵で署名されたCRL",
    en: "a list of the right name signed with another key",
    rows: ["PK-10"],
  },
  "other-ca": { ja: "別のCAのCRL", en: "the list of another CA", rows: ["PK-11"] },
  "other-generation": {
    ja: "同名の別世代のCAのCRL",
    en: "the list of another generation, which has the same name",
    rows: ["PK-11"],
  },
  "other-place": {
    ja: "別の市区町村のCRL",
    en: "the list of another municipality",
    rows: ["PK-12"],
  },
  truncated: { ja: "途中で切れたCRL", en: "a list cut off", rows: ["PK-13"] },
  "length-wrong": {
    ja: "Content-Lengthより短い応答",
    en: "fewer bytes than the header announces",
    rows: ["PK-13"],
  },
  gzip: {
    ja: "予告なくgzip圧縮されたCRL",
    en: "a list compressed without saying so",
    rows: ["PK-13"],
  },
  rollback: { ja: "番号が後退したCRL", en: "a list whose number went backwards", rows: ["PK-14"] },
} as const satisfies Record<string, Described>;

export type OcspFault = keyof typeof OCSP_FAULTS;
export type CrlFault = keyof typeof CRL_FAULTS;

/**
 * The judgement of 地方認証PF on one certificate: what this window may ask first, then the certificate
 * itself (platform-facts 8.5: LA-01, LA-07, LA-09).
 */
import type { CertificateKind } from "../../pki/index.ts";
import type { ReadCertificate } from "../certificate.ts";
import { type CertificateChecker, settleVerdict } from "../checker.ts";
import { datesOf } from "../evidence.ts";
import type { StoredAccess } from "./access.ts";
import type { LocalAuthOutcome } from "./outcome.ts";

export async function verifyCertificate(
  checker: CertificateChecker,
  { method, kinds, smartphone }: StoredAccess,
  certificate: ReadCertificate,
  kind: CertificateKind,
): Promise<LocalAuthOutcome> {
  if (!kinds.includes(kind)) return { result: "notPermitted" };
  if (!smartphone && isSmartphone(checker, certificate)) return { result: "unsupported" };
  const settled = await settleVerdict(checker, { certificate: certificate.der, method, kind });
  switch (settled.verdict) {
    case "valid":
      return { result: "valid", evidence: settled.evidence };
    case "revoked": {
      const { reason, revokedAt, evidence } = settled;
      return { result: "revoked", revocation: { reason, revokedAt }, evidence };
    }
    case "expired":
      return { result: "expired", evidence: datesOf(certificate) };
    case "unknown":
      return { result: "invalid", reason: "unknown", evidence: settled.evidence };
    case "unchecked":
      return { result: "unconfirmed" };
    default:
      return { result: "invalid", reason: settled.verdict, evidence: datesOf(certificate) };
  }
}

function isSmartphone(checker: CertificateChecker, { der }: ReadCertificate): boolean {
  return checker.carrierOf(der) === "smartphone";
}

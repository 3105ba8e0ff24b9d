/**
 * Whether one certificate may stand under another (RFC 5280 sections 6.1.3 and 6.1.4): names, key,
 * signature, and that the issuer is a CA which may sign certificates.
 */
import { type CertificateView, isSignedBy } from "../certificate/certificate.ts";
import { sameName } from "../certificate/same-name.ts";
import { OID } from "../der/oids.ts";

/** Extensions whose meaning is known here, so that they may be critical. */
const UNDERSTOOD: readonly string[] = [
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.basicConstraints,
  OID.certificatePolicies,
  OID.subjectAltName,
  OID.issuerAltName,
  OID.crlDistributionPoints,
];

/** What is wrong with a certificate under its issuer; undefined when nothing is. */
export function linkProblem(
  certificate: CertificateView,
  issuer: CertificateView,
): string | undefined {
  if (!sameName(certificate.issuer, issuer.subject)) return "its issuer has another name";
  if (!mayIssue(issuer)) return "its issuer is no CA";
  if (!isSignedBy(certificate, issuer.publicKey)) return "the signature is not by the CA it names";
  const strange = certificate.criticalExtensions.find((type) => !UNDERSTOOD.includes(type));
  if (strange !== undefined) return `it has the critical extension ${strange}`;
  return undefined;
}

/** A CA, and not one whose key is for something else. */
function mayIssue({ isCa, keyUsages }: CertificateView): boolean {
  return isCa && (keyUsages?.includes("keyCertSign") ?? true);
}

/** Whether the key of a CA may sign revocation lists. */
export function maySignLists({ isCa, keyUsages }: CertificateView): boolean {
  return isCa && (keyUsages?.includes("cRLSign") ?? true);
}

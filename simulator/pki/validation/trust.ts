/**
 * Which trusted CA certificate issued a certificate. All generations of a CA share one name, so the
 * key identifier decides (platform-facts 5.4).
 */
import { equal } from "../../iso7816/index.ts";
import { type CertificateView, readCertificate } from "../certificate/certificate.ts";
import { sameName } from "../certificate/same-name.ts";

/** Trusted CA certificates, DER, read once. */
export function readAnchors(certificates: readonly Uint8Array[]): CertificateView[] {
  return certificates.map(readAnchor);
}

/** Whom one trusts does not change in place, and is looked at with every certificate there is. */
const KNOWN = new WeakMap<Uint8Array, CertificateView>();

function readAnchor(certificate: Uint8Array): CertificateView {
  const known = KNOWN.get(certificate) ?? readCertificate(certificate);
  KNOWN.set(certificate, known);
  return known;
}

/** The anchor whose name and key identifier a certificate or list points to, by no more than that. */
export function findAnchor(
  anchors: readonly CertificateView[],
  issued: Pick<CertificateView, "issuer" | "authorityKeyIdentifier">,
): CertificateView | undefined {
  const { authorityKeyIdentifier } = issued;
  if (authorityKeyIdentifier === undefined) return undefined;
  return anchors.find(
    ({ subject, keyIdentifier, isCa }) =>
      isCa &&
      keyIdentifier !== undefined &&
      equal(keyIdentifier, authorityKeyIdentifier) &&
      sameName(subject, issued.issuer),
  );
}

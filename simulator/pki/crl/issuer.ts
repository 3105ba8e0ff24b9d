/**
 * Whether a revocation list is by the CA it should be by. All generations of a CA share one name, so
 * the key identifier has to be right, too (platform-facts 5.4).
 */
import { equal } from "../../iso7816/index.ts";
import type { CertificateView } from "../certificate/certificate.ts";
import { sameName } from "../certificate/same-name.ts";
import { maySignLists } from "../validation/link.ts";
import { StatusUnavailable } from "../validation/unavailable.ts";

/** What a list says of its issuer. */
export interface NamedIssuer {
  /** Distinguished name, DER. */
  readonly issuer: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
}

/**
 * @param isSignedBy whether the list is signed with this key (SubjectPublicKeyInfo DER)
 * @throws StatusUnavailable `otherList`, `responder` or `signature`
 */
export function requireIssuedBy(
  list: NamedIssuer,
  ca: CertificateView,
  isSignedBy: (publicKey: Uint8Array) => boolean,
): void {
  if (!isNamed(list, ca)) {
    throw new StatusUnavailable("otherList", "the revocation list is of another CA or generation");
  }
  if (!maySignLists(ca)) {
    throw new StatusUnavailable("responder", "the CA may not sign revocation lists");
  }
  if (!isSignedBy(ca.publicKey)) {
    throw new StatusUnavailable("signature", "the revocation list has a wrong signature");
  }
}

function isNamed(list: NamedIssuer, { subject, keyIdentifier }: CertificateView): boolean {
  return (
    list.authorityKeyIdentifier !== undefined &&
    keyIdentifier !== undefined &&
    equal(list.authorityKeyIdentifier, keyIdentifier) &&
    sameName(list.issuer, subject)
  );
}

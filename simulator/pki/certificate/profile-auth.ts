/**
 * 利用者証明用電子証明書 (card-facts section 7.2): eight extensions, no BasicConstraints, nothing about
 * the person. Its subject is an opaque identifier.
 */
import { OID } from "../der/oids.ts";
import type { PublicKey } from "../keys/keys.ts";
import { extendedKeyUsage, keyUsage, subjectKeyIdentifier } from "./extensions.ts";
import { type Issuer, issuerExtensions } from "./issuer.ts";
import { authSubject, type CertificateMunicipality } from "./names.ts";
import type { CertificateFields } from "./profile.ts";

export interface EndEntityProfile {
  readonly serial: number;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly municipality: CertificateMunicipality;
  /** Common name of the subject. */
  readonly commonName: string;
}

export function authFields(
  profile: EndEntityProfile,
  issuer: Issuer,
  key: PublicKey,
): CertificateFields {
  return {
    serial: profile.serial,
    issuer: issuer.name,
    notBefore: profile.notBefore,
    notAfter: profile.notAfter,
    subject: authSubject(profile.commonName),
    publicKey: key.publicKey,
    extensions: [
      keyUsage("digitalSignature"),
      extendedKeyUsage(OID.clientAuth),
      ...issuerExtensions(issuer, profile.municipality),
      subjectKeyIdentifier(key.keyIdentifier),
    ],
  };
}

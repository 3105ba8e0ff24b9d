/**
 * 利用者証明用電子証明書 (card-facts section 7.2): eight extensions, no BasicConstraints, nothing about
 * the person. Its subject is an opaque identifier.
 */
import type { Asn1 } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import type { OwnCaIdentity } from "../environment.ts";
import type { PublicKey } from "../keys/keys.ts";
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  certificatePolicies,
  crlDistributionPoint,
  directoryName,
  extendedKeyUsage,
  issuerAltName,
  keyUsage,
  subjectKeyIdentifier,
} from "./extensions.ts";
import {
  authSubject,
  type CertificateMunicipality,
  caNameJa,
  distributionPointName,
} from "./names.ts";
import type { CertificateFields } from "./profile.ts";

/** The CA as its end-entity certificates name it. */
export interface Issuer {
  readonly identity: OwnCaIdentity;
  readonly name: Asn1;
  /** Serial number of the CA's own certificate. */
  readonly serial: number;
  readonly keyIdentifier: Uint8Array;
  /** Policy of the certificates it issues. */
  readonly policy: string;
  readonly cpsUrl: string;
  /** Address of its OCSP responder. */
  readonly ocspUrl: string;
}

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
      certificatePolicies(issuer.policy, issuer.cpsUrl),
      issuerAltName(directoryName(caNameJa(issuer.identity))),
      crlDistributionPoint(distributionPointName(issuer.identity, profile.municipality)),
      authorityInfoAccess(issuer.ocspUrl),
      authorityKeyIdentifier(issuer),
      subjectKeyIdentifier(key.keyIdentifier),
    ],
  };
}

/**
 * The certificate an OCSP responder signs with, delegated by the CA whose certificates it answers
 * for (RFC 6960 section 4.2.2.2).
 *
 * UNVERIFIED: the profile of the real responder certificate is handed out on application only; this
 * one has what RFC 6960 asks for, in the order of the 利用者証明用 profile.
 */

import { OID } from "../der/oids.ts";
import type { PublicKey } from "../keys/keys.ts";
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  keyUsage,
  ocspNoCheck,
  subjectKeyIdentifier,
} from "./extensions.ts";
import type { Issuer } from "./issuer.ts";
import { responderName } from "./names.ts";
import type { CertificateFields } from "./profile.ts";

export interface ResponderProfile {
  readonly serial: number;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export function responderFields(
  profile: ResponderProfile,
  issuer: Pick<Issuer, "identity" | "name" | "serial" | "keyIdentifier">,
  key: PublicKey,
): CertificateFields {
  return {
    serial: profile.serial,
    issuer: issuer.name,
    notBefore: profile.notBefore,
    notAfter: profile.notAfter,
    subject: responderName(issuer.identity),
    publicKey: key.publicKey,
    extensions: [
      keyUsage("digitalSignature"),
      extendedKeyUsage(OID.ocspSigning),
      ocspNoCheck(),
      authorityKeyIdentifier(issuer),
      subjectKeyIdentifier(key.keyIdentifier),
    ],
  };
}

/**
 * The frame all certificates of the hierarchy share (RFC 5280 section 4.1, card-facts section 7):
 * version 3, sha256WithRSAEncryption, and the fields in their one order. What distinguishes them
 * stands in profile-ca.ts, profile-auth.ts, profile-sign.ts and profile-responder.ts.
 */
import { type Asn1, bits, integer, nothing, oid, sequence, tagged, time } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import type { SigningKey } from "../keys/keys.ts";

const VERSION_3 = 2;

export interface CertificateFields {
  /** Four bytes, positive. */
  readonly serial: number;
  readonly issuer: Asn1;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: Asn1;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  /** In the order they appear. */
  readonly extensions: readonly Asn1[];
}

/** AlgorithmIdentifier of every signature. */
export const SHA256_WITH_RSA: Asn1 = sequence(oid(OID.sha256WithRsa), nothing());

/** Signs and gives the certificate as DER. */
export function makeCertificate(fields: CertificateFields, signer: SigningKey) {
  const toBeSigned = sequence(
    tagged(0, integer(VERSION_3)),
    integer(fields.serial),
    SHA256_WITH_RSA,
    fields.issuer,
    sequence(time(fields.notBefore), time(fields.notAfter)),
    fields.subject,
    fields.publicKey,
    tagged(3, sequence(...fields.extensions)),
  );
  return signed(toBeSigned, signer);
}

/** The frame of RFC 5280 for certificates and lists alike: content, algorithm, signature. */
export async function signed(toBeSigned: Asn1, signer: SigningKey): Promise<Uint8Array> {
  const signature = await signer.sign(toBeSigned);
  return sequence(toBeSigned, SHA256_WITH_RSA, bits(signature));
}

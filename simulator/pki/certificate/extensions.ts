/**
 * Certificate and list extensions, one function each, as RFC 5280 section 4.2 (and RFC 6960 section
 * 4.2.2.2 for the responder) defines them and card-facts section 7 fills them in.
 */
import {
  type Asn1,
  bits,
  boolean,
  ia5,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  tagAs,
  tagged,
  taggedBytes,
  utf8,
} from "../der/asn1.ts";
import { OID, PERSONAL } from "../der/oids.ts";

/** The first bits of KeyUsage; JPKI uses no others. */
export const KEY_USAGE_BIT = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyCertSign: 0x04,
  cRLSign: 0x02,
} as const;

export type KeyUsage = keyof typeof KEY_USAGE_BIT;

export function keyUsage(...usages: KeyUsage[]): Asn1 {
  const byte = usages.reduce((sum, usage) => sum | KEY_USAGE_BIT[usage], 0);
  const unused = 31 - Math.clz32(byte & -byte);
  return critical(OID.keyUsage, bits(Uint8Array.of(byte), unused));
}

export function extendedKeyUsage(...purposes: string[]): Asn1 {
  return extension(OID.extendedKeyUsage, sequence(...purposes.map(oid)));
}

export function basicConstraintsCa(): Asn1 {
  return critical(OID.basicConstraints, sequence(boolean(true)));
}

/** One policy with the address of the practice statement. */
export function certificatePolicies(policy: string, cpsUrl: string): Asn1 {
  const cps = sequence(oid(OID.cps), ia5(cpsUrl));
  return critical(OID.certificatePolicies, sequence(sequence(oid(policy), sequence(cps))));
}

export function subjectAltName(...names: Asn1[]): Asn1 {
  return extension(OID.subjectAltName, sequence(...names));
}

export function issuerAltName(...names: Asn1[]): Asn1 {
  return extension(OID.issuerAltName, sequence(...names));
}

/** CRLDistributionPoints with one full name, which is a directory entry and no URL. */
export function crlDistributionPoint(directoryEntry: Asn1): Asn1 {
  const point = sequence(tagged(0, tagged(0, directoryName(directoryEntry))));
  return extension(OID.crlDistributionPoints, sequence(point));
}

export function authorityInfoAccess(ocspUrl: string): Asn1 {
  return extension(
    OID.authorityInfoAccess,
    sequence(sequence(oid(OID.ocsp), taggedBytes(6, new TextEncoder().encode(ocspUrl)))),
  );
}

/** Which CA certificate, for AuthorityKeyIdentifier. */
export interface CaReference {
  readonly keyIdentifier: Uint8Array;
  readonly name: Asn1;
  readonly serial: number;
}

/** Key identifier, name and serial number of the issuer: all generations share the name. */
export function authorityKeyIdentifier(ca: CaReference): Asn1 {
  const serial = tagAs(2, integer(ca.serial));
  return extension(
    OID.authorityKeyIdentifier,
    sequence(taggedBytes(0, ca.keyIdentifier), tagged(1, directoryName(ca.name)), serial),
  );
}

/** The short form lists use: the key identifier alone. */
export function authorityKey(keyIdentifier: Uint8Array): Asn1 {
  return extension(OID.authorityKeyIdentifier, sequence(taggedBytes(0, keyIdentifier)));
}

export function subjectKeyIdentifier(keyIdentifier: Uint8Array): Asn1 {
  return extension(OID.subjectKeyIdentifier, octets(keyIdentifier));
}

/** Critical: the list covers only certificates that name this directory entry, DER. */
export function issuingDistributionPoint(directoryEntry: Uint8Array): Asn1 {
  const name = directoryName(directoryEntry);
  return critical(OID.issuingDistributionPoint, sequence(tagged(0, tagged(0, name))));
}

export function ocspNoCheck(): Asn1 {
  return extension(OID.ocspNoCheck, nothing());
}

export function directoryName(distinguishedName: Asn1): Asn1 {
  return tagged(4, distinguishedName);
}

/** A piece of personal data in the SubjectAltName of a 署名用 certificate. */
export function personalName(item: keyof typeof PERSONAL, value: string): Asn1 {
  return tagged(0, oid(PERSONAL[item]), tagged(0, utf8(value)));
}

export function extension(type: string, value: Asn1): Asn1 {
  return sequence(oid(type), octets(value));
}

export function critical(type: string, value: Asn1): Asn1 {
  return sequence(oid(type), boolean(true), octets(value));
}

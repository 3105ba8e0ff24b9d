/**
 * The data objects of the level before any application: what GET DATA finds when the GlobalPlatform
 * issuer security domain is selected (card-facts 2.7).
 */
import { concat, encodeTlv, fromHex } from "../iso7816/index.ts";
import { bareCvCertificate, cvCertificate } from "./cv-certificate.ts";
import type { DataObject } from "./image.ts";
import { certifyingAuthority, municipalityKeyId } from "./issuer-keys.ts";
import { keyIdentifier } from "./key-identifier.ts";
import { publicKeyOf } from "./public-key.ts";
import type { CardSpec, IssuerKeys } from "./spec.ts";
import { textBytes } from "./tlv-records.ts";

/** Tags, as P1-P2 of GET DATA. */
export const OBJECTS = {
  iin: 0x0042,
  cin: 0x0045,
  cardRecognition: 0x0066,
  municipality: 0x00f0,
  expiry: 0x00f2,
  intermediateKeyId: 0x00f7,
  intermediateCertificate: 0x00f8,
  atr: 0x5f51,
  lowerCertificate: 0x7f21,
} as const;

const INTERMEDIATE = keyIdentifier("6000021", "001", 0xa8);
const CONTACT_ATR = fromHex("3BE000FF8131FE4514");

/** Everything the issuer writes at this level; the chain of certificates only with the issuer's keys. */
export function baseObjects(spec: CardSpec): DataObject[] {
  const { contactAtr = CONTACT_ATR, issuer } = spec;
  return [
    { tag: OBJECTS.iin, value: keyIdentifier("6000020", "001", 0xa8) },
    { tag: OBJECTS.cin, value: textBytes(spec.tokenSerial) },
    { tag: OBJECTS.cardRecognition, value: cardRecognitionData() },
    { tag: OBJECTS.municipality, value: textBytes(spec.municipalityCode) },
    { tag: OBJECTS.expiry, value: textBytes(spec.expiry) },
    { tag: OBJECTS.atr, value: contactAtr.slice(1) },
    ...(issuer === undefined ? [] : chain(spec, issuer)),
  ];
}

/** Root certifies intermediate, intermediate certifies municipality. Some cards lack the lower one. */
function chain(spec: CardSpec, issuer: IssuerKeys): DataObject[] {
  const root = certifyingAuthority("master", issuer);
  const intermediate = { keyId: INTERMEDIATE, privateKey: issuer.intermediateCa };
  const lower: DataObject = {
    tag: OBJECTS.lowerCertificate,
    value: cvCertificate(
      intermediate,
      municipalityKeyId(spec, 0xa8),
      publicKeyOf(issuer.municipality),
    ),
  };
  return [
    { tag: OBJECTS.intermediateKeyId, value: INTERMEDIATE },
    {
      tag: OBJECTS.intermediateCertificate,
      value: bareCvCertificate(root, INTERMEDIATE, publicKeyOf(issuer.intermediateCa)),
    },
    lower,
  ];
}

/** Object identifiers of a GlobalPlatform 2.2 card (GlobalPlatform Card Specification, annex H). */
function cardRecognitionData(): Uint8Array {
  const oid = (hex: string) => encodeTlv(0x06, fromHex(`2A864886FC6B${hex}`));
  return encodeTlv(
    0x66,
    encodeTlv(
      0x73,
      concat(oid("01"), encodeTlv(0x60, oid("020202")), encodeTlv(0x63, oid("03"))),
      encodeTlv(0x64, oid("040255")),
    ),
  );
}

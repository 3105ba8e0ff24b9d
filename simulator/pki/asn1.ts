/**
 * The ASN.1 the certificate profiles are written in: short names for the DER types of X.690, over
 * asn1js. Reading goes through pkijs; this file is for writing bytes exactly as a profile says.
 */
import {
  type BaseBlock,
  BitString,
  Boolean as BooleanBlock,
  Constructed,
  Enumerated,
  fromBER,
  GeneralizedTime,
  IA5String,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Primitive,
  PrintableString,
  Sequence,
  Set as SetBlock,
  UTCTime,
  Utf8String,
} from "asn1js";
import { SimulatorError } from "../errors.ts";

export type Asn1 = BaseBlock;

const CONTEXT_SPECIFIC = 3;
/** RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. */
const FIRST_GENERALIZED_YEAR = 2050;

export const sequence = (...value: Asn1[]): Asn1 => new Sequence({ value });
export const set = (...value: Asn1[]): Asn1 => new SetBlock({ value });
export const oid = (value: string): Asn1 => new ObjectIdentifier({ value });
export const printable = (value: string): Asn1 => new PrintableString({ value });
export const utf8 = (value: string): Asn1 => new Utf8String({ value });
export const ia5 = (value: string): Asn1 => new IA5String({ value });
export const integer = (value: number | bigint): Asn1 => Integer.fromBigInt(value);
export const enumerated = (value: number): Asn1 => new Enumerated({ value });
export const boolean = (value: boolean): Asn1 => new BooleanBlock({ value });
export const nothing = (): Asn1 => new Null();
export const octets = (bytes: Uint8Array): Asn1 => new OctetString({ valueHex: bytes });

/** `unused` is the number of low bits of the last byte that do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Asn1 =>
  new BitString({ valueHex: bytes, unusedBits: unused });

/** `[n] EXPLICIT`, and `[n] IMPLICIT` of a SEQUENCE or SET. */
export const tagged = (tagNumber: number, ...value: Asn1[]): Asn1 =>
  new Constructed({ idBlock: { tagClass: CONTEXT_SPECIFIC, tagNumber }, value });

/** `[n] IMPLICIT` of a primitive type with these content bytes. */
export const taggedBytes = (tagNumber: number, bytes: Uint8Array): Asn1 =>
  new Primitive({ idBlock: { tagClass: CONTEXT_SPECIFIC, tagNumber }, valueHex: bytes });

/** `[n] IMPLICIT` of a primitive object: its own tag gives way to the new one. */
export function tagAs(tagNumber: number, block: Asn1): Asn1 {
  const encoded = encode(block);
  const lengthOfLength = (encoded[1] ?? 0) < 0x80 ? 1 : 1 + ((encoded[1] ?? 0) & 0x7f);
  return taggedBytes(tagNumber, encoded.subarray(1 + lengthOfLength));
}

/** The Time of X.509: whole seconds, UTCTime as long as it can say the year. */
export function time(date: Date): Asn1 {
  return date.getUTCFullYear() < FIRST_GENERALIZED_YEAR
    ? new UTCTime({ valueDate: wholeSeconds(date) })
    : generalizedTime(date);
}

/** GeneralizedTime without fractions, as OCSP and RFC 5280 want it. */
export function generalizedTime(date: Date): Asn1 {
  return new GeneralizedTime({ valueDate: wholeSeconds(date) });
}

export function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

export function encode(block: Asn1): Uint8Array {
  return new Uint8Array(block.toBER());
}

/**
 * Reads exactly one ASN.1 object, for embedding it elsewhere or taking it apart.
 *
 * @throws SimulatorError PKI_INVALID when the bytes are not one whole object and nothing more
 */
export function decode(bytes: Uint8Array, what = "ASN.1 object"): Asn1 {
  const { offset, result } = fromBER(bytes);
  if (offset === -1) {
    throw new SimulatorError("PKI_INVALID", `this is no ${what}: ${result.error}`);
  }
  if (offset !== bytes.length) {
    const extra = bytes.length - offset;
    throw new SimulatorError("PKI_INVALID", `${extra} bytes follow the ${what}`);
  }
  return result;
}

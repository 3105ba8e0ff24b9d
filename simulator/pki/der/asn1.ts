/**
 * The ASN.1 the certificate profiles are written in: short names for the DER types of X.690, each of
 * which gives the bytes of one object. Written by hand, because handing out cards is as fast as this
 * is; the test compares it with asn1js type by type. Reading goes through pkijs.
 */
import { type BaseBlock, fromBER } from "asn1js";
import { SimulatorError } from "../../errors.ts";
import { derObject } from "./der.ts";
import { TAG } from "./tags.ts";

/** One object, DER. */
export type Asn1 = Uint8Array;

/** RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. */
const FIRST_GENERALIZED_YEAR = 2050;
const CONSTRUCTED = 0xa0;
const PRIMITIVE = 0x80;

export const sequence = (...content: Asn1[]): Asn1 => derObject(TAG.sequence, ...content);
export const set = (...content: Asn1[]): Asn1 => derObject(TAG.set, ...content);
export const printable = (value: string): Asn1 => text(TAG.printableString, value);
export const utf8 = (value: string): Asn1 => text(TAG.utf8String, value);
export const ia5 = (value: string): Asn1 => text(TAG.ia5String, value);
export const boolean = (value: boolean): Asn1 =>
  derObject(TAG.boolean, Uint8Array.of(value ? 0xff : 0));
export const nothing = (): Asn1 => derObject(TAG.null);
export const octets = (bytes: Uint8Array): Asn1 => derObject(TAG.octetString, bytes);
export const integer = (value: number | bigint): Asn1 =>
  derObject(TAG.integer, twosComplement(BigInt(value)));
/** From 0 to 127, which is all there are. */
export const enumerated = (value: number): Asn1 => derObject(TAG.enumerated, Uint8Array.of(value));

/** `unused` is the number of low bits of the last byte that do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Asn1 =>
  derObject(TAG.bitString, Uint8Array.of(unused), bytes);

/** `[n] EXPLICIT`, and `[n] IMPLICIT` of a SEQUENCE or SET. */
export const tagged = (tagNumber: number, ...content: Asn1[]): Asn1 =>
  derObject(CONSTRUCTED | tagNumber, ...content);

/** `[n] IMPLICIT` of a primitive type with these content bytes. */
export const taggedBytes = (tagNumber: number, bytes: Uint8Array): Asn1 =>
  derObject(PRIMITIVE | tagNumber, bytes);

/** `[n] IMPLICIT` of a primitive object: its own tag gives way to the new one. */
export function tagAs(tagNumber: number, object: Asn1): Asn1 {
  const retagged = Uint8Array.from(object);
  retagged[0] = PRIMITIVE | tagNumber;
  return retagged;
}

/** @param value dotted */
export function oid(value: string): Asn1 {
  const known = OIDS.get(value);
  if (known !== undefined) return known;
  const [first = 0, second = 0, ...rest] = value.split(".").map(Number);
  const made = derObject(TAG.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
  OIDS.set(value, made);
  return made;
}

/** Made once: a program has a few dozen. */
const OIDS = new Map<string, Asn1>();

/** The Time of X.509: whole seconds, UTCTime as long as it can say the year. */
export function time(date: Date): Asn1 {
  return date.getUTCFullYear() < FIRST_GENERALIZED_YEAR
    ? derObject(TAG.utcTime, stamp(date).subarray(2))
    : generalizedTime(date);
}

/** GeneralizedTime without fractions, as OCSP and RFC 5280 want it. */
export function generalizedTime(date: Date): Asn1 {
  const second = Math.floor(date.getTime() / 1000);
  const known = SECONDS.get(second);
  if (known !== undefined) return known;
  const made = derObject(TAG.generalizedTime, stamp(date));
  if (SECONDS.size >= MAX_SECONDS) SECONDS.clear();
  SECONDS.set(second, made);
  return made;
}

/** Thousands of OCSP answers have the same few times in them. */
const SECONDS = new Map<number, Asn1>();
const MAX_SECONDS = 1000;

export function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** DER of something that was read. */
export function encode(block: BaseBlock): Uint8Array {
  return new Uint8Array(block.toBER());
}

/**
 * Reads exactly one ASN.1 object, to take it apart.
 *
 * @throws SimulatorError PKI_INVALID when the bytes are not one whole object and nothing more
 */
export function decode(bytes: Uint8Array, what = "ASN.1 object"): BaseBlock {
  const { offset, result } = parse(bytes, what);
  if (offset === -1) {
    throw new SimulatorError("PKI_INVALID", `this is no ${what}: ${result.error}`);
  }
  if (offset !== bytes.length) {
    const extra = bytes.length - offset;
    throw new SimulatorError("PKI_INVALID", `${extra} bytes follow the ${what}`);
  }
  return result;
}

/** For a time that is none, asn1js throws an error of no kind. */
function parse(bytes: Uint8Array, what: string): ReturnType<typeof fromBER> {
  try {
    return fromBER(bytes);
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", `this is no ${what}`, { cause });
  }
}

function text(tag: number, value: string): Asn1 {
  return derObject(tag, UTF8.encode(value));
}

const UTF8 = new TextEncoder();

/** Where the digits of YYYYMMDDhhmmss stand in YYYY-MM-DDThh:mm:ss. */
const DIGITS = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18];

/** YYYYMMDDhhmmssZ */
function stamp(date: Date): Uint8Array {
  const iso = date.toISOString();
  const bytes = new Uint8Array(DIGITS.length + 1).fill(Z);
  for (let i = 0; i < DIGITS.length; i += 1) bytes[i] = iso.charCodeAt(DIGITS[i] ?? 0);
  return bytes;
}

const Z = 0x5a;

/** As few bytes as show the sign. */
function twosComplement(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (let sign = 0; bytes.length === 0 || rest !== BigInt(-sign); ) {
    const byte = Number(BigInt.asUintN(8, rest));
    bytes.unshift(byte);
    sign = byte >> 7;
    rest >>= 8n;
  }
  return Uint8Array.from(bytes);
}

/** Seven bits a byte, the highest first, all but the last marked. */
function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 | (rest % 128));
  }
  return bytes;
}

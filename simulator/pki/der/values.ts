/** The few values that lists and OCSP requests are made of, read from their DER (X.690, RFC 5280). */
import { ObjectIdentifier } from "asn1js";
import { decode } from "./asn1.ts";
import { derError, readSpan, type Span } from "./der.ts";
import { TAG } from "./tags.ts";

/** Reads an object of a given type. */
export function expectSpan(bytes: Uint8Array, offset: number, limit: number, tag: number): Span {
  const span = readSpan(bytes, offset, limit);
  if (span.tag === tag) return span;
  throw derError(`the tag ${span.tag} where ${tag} should be`, offset);
}

/** Seconds are mandatory and the zone is Z (RFC 5280 section 4.1.2.5). */
export function readTime(bytes: Uint8Array, { tag, start, end }: Span): Date {
  const text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 16)));
  const digits = tag === TAG.utcTime ? centuryOf(text) + text : text;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) {
    throw derError("a time that is none", start);
  }
  return date;
}

/** RFC 5280 section 4.1.2.5.1: 50 to 99 are of the twentieth century. */
function centuryOf(text: string): string {
  return text.slice(0, 2) < "50" ? "20" : "19";
}

export function isTime({ tag, start, end }: Span): boolean {
  const length = end - start;
  return (tag === TAG.utcTime && length === 13) || (tag === TAG.generalizedTime && length === 15);
}

export function readInteger(bytes: Uint8Array, { start, end }: Span): bigint {
  if (start === end) throw derError("an integer without bytes", start);
  let value = BigInt.asIntN(8, BigInt(bytes[start] ?? 0));
  for (let i = start + 1; i < end; i += 1) value = value * 256n + BigInt(bytes[i] ?? 0);
  return value;
}

/** The object identifier of an AlgorithmIdentifier. */
export function readAlgorithm(der: Uint8Array): string {
  const outer = expectSpan(der, 0, der.length, TAG.sequence);
  const type = expectSpan(der, outer.start, outer.end, TAG.oid);
  return readOid(der.subarray(outer.start, type.end));
}

/** Identifiers already met: there are few, and they come again and again. */
const OIDS = new Map<string, string>();
const MAX_OIDS = 1000;

/** @param der an OBJECT IDENTIFIER and nothing else */
export function readOid(der: Uint8Array): string {
  const key = String.fromCharCode(...der);
  const known = OIDS.get(key);
  if (known !== undefined) return known;
  const block = decode(der, "object identifier");
  if (!(block instanceof ObjectIdentifier)) throw derError("no object identifier", 0);
  const text = block.valueBlock.toString();
  if (OIDS.size < MAX_OIDS) OIDS.set(key, text);
  return text;
}

/** The objects a SEQUENCE or another constructed object is made of. */
export function children(bytes: Uint8Array, { start, end }: Span): Span[] {
  const found: Span[] = [];
  for (let at = start; at < end; ) {
    const span = readSpan(bytes, at, end);
    found.push(span);
    at = span.end;
  }
  return found;
}

/** The bytes of a BIT STRING without unused bits. */
export function readBitString(bytes: Uint8Array, { start, end }: Span): Uint8Array {
  if (bytes[start] !== 0) throw derError("a signature that is not whole bytes", start);
  return bytes.subarray(start + 1, end);
}

/**
 * Tags and lengths of DER (X.690 sections 8.1 and 10.1), written for asn1.ts and read for the places
 * where a library is too slow: revocation lists of millions of entries (platform-facts 7.2 and 7.3)
 * and OCSP requests by the thousand a second.
 */
import { SimulatorError } from "../../errors.ts";

/** Tag and length of an object, without its content. */
export function derHeader(tag: number, length: number): Uint8Array {
  const header = new Uint8Array(headerLength(length));
  writeHeader(header, tag, length);
  return header;
}

function headerLength(length: number): number {
  if (length < 0x80) return 2;
  let bytes = 3;
  for (let rest = length; rest >= 256; rest = Math.floor(rest / 256)) bytes += 1;
  return bytes;
}

/** At the front of `object`. */
function writeHeader(object: Uint8Array, tag: number, length: number): void {
  object[0] = tag;
  object[1] = length;
  if (length < 0x80) return;
  const last = headerLength(length) - 1;
  object[1] = 0x80 | (last - 1);
  let rest = length;
  for (let at = last; at > 1; at -= 1) {
    object[at] = rest;
    rest = Math.floor(rest / 256);
  }
}

/** A whole object with this content. */
export function derObject(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const piece of content) length += piece.length;
  const size = headerLength(length);
  const object = new Uint8Array(size + length);
  writeHeader(object, tag, length);
  let offset = size;
  for (const piece of content) {
    object.set(piece, offset);
    offset += piece.length;
  }
  return object;
}

/**
 * The same unjoined, header first: where objects lie within each other, their bytes are copied once
 * and not at every level.
 */
export function derPieces(tag: number, ...content: readonly Uint8Array[]): Uint8Array[] {
  let length = 0;
  for (const piece of content) length += piece.length;
  return [derHeader(tag, length), ...content];
}

/** Bytes of the longest tag and length `readSpan` reads. */
export const LONGEST_HEADER = 7;

/** Where the content of an object lies. */
export interface Span {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads tag and length at `offset`, content not beyond `limit`.
 *
 * @throws SimulatorError PKI_INVALID, with the position, for anything but DER with one-byte tags
 */
export function readSpan(bytes: Uint8Array, offset: number, limit: number): Span {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || offset + 2 > limit) throw cutOff(offset);
  if ((tag & 0x1f) === 0x1f) throw derError("a tag of more than one byte", offset);
  if (first < 0x80) return spanOf(tag, offset + 2, first, limit);
  const count = first & 0x7f;
  if (count === 0 || count > 5) throw derError("a length that is not DER", offset + 1);
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    const byte = bytes[offset + 2 + i];
    if (byte === undefined) throw cutOff(offset);
    length = length * 256 + byte;
  }
  if (length < 0x80 || length < 256 ** (count - 1)) {
    throw derError("a length longer than it has to be", offset + 1);
  }
  return spanOf(tag, offset + 2 + count, length, limit);
}

export function derError(what: string, offset: number): SimulatorError {
  return new SimulatorError("PKI_INVALID", `the DER has ${what} (at byte ${offset})`);
}

function spanOf(tag: number, start: number, length: number, limit: number): Span {
  if (start + length > limit) throw cutOff(start);
  return { tag, start, end: start + length };
}

function cutOff(offset: number): SimulatorError {
  return derError("an end before it should", offset);
}

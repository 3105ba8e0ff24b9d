/**
 * BER-TLV as the card's files use it (X.690 definite lengths, tags of up to three bytes).
 *
 * The card writes lengths below 128 in one byte and everything else as `82 hh ll`, even 128 to 255
 * (card-facts section 5); a reader must accept every definite form.
 */
import { CodecError } from "../errors.ts";
import { byteAt, concat } from "./bytes.ts";

export interface Tlv {
  /** Tag bytes as one number: 0x30, 0xFF10, 0xDF21. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** Offset of the first tag byte in what was parsed. */
  readonly offset: number;
  /** Tag, length and value together, in bytes. */
  readonly length: number;
}

/** Parses the object at `offset`; what follows it is left alone. */
export function parseTlv(bytes: Uint8Array, offset = 0): Tlv {
  const tag = readTag(bytes, offset);
  const size = readLength(bytes, tag.end);
  const end = size.end + size.value;
  if (end > bytes.length) {
    throw invalid(
      `tag ${tag.value.toString(16).toUpperCase()} announces ${size.value} bytes, ${bytes.length - size.end} are there`,
      size.end,
    );
  }
  return { tag: tag.value, value: bytes.slice(size.end, end), offset, length: end - offset };
}

/** Parses objects one after another to the very end. */
export function parseTlvs(bytes: Uint8Array): Tlv[] {
  const found: Tlv[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const tlv = parseTlv(bytes, offset);
    found.push(tlv);
    offset += tlv.length;
  }
  return found;
}

/** The first object with `tag`; its absence is an error. */
export function findTlv(tlvs: readonly Tlv[], tag: number): Tlv {
  const found = tlvs.find((tlv) => tlv.tag === tag);
  if (found === undefined) {
    throw invalid(`tag ${tag.toString(16).toUpperCase()} is missing`, 0);
  }
  return found;
}

/** Encodes with the card's own length habit. */
export function encodeTlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const value = concat(...values);
  return concat(tagBytes(tag), lengthBytes(value.length), value);
}

function tagBytes(tag: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = tag; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const encoded = Uint8Array.from(bytes);
  const whole = encoded.length > 0 ? readTag(encoded, 0) : undefined;
  if (whole?.value !== tag || whole.end !== encoded.length) {
    throw invalid(`${tag.toString(16)} is not a tag`, 0);
  }
  return encoded;
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length > 0xffff) throw invalid(`a value of ${length} bytes`, 0);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
}

interface Field {
  readonly value: number;
  readonly end: number;
}

function readTag(bytes: Uint8Array, offset: number): Field {
  let end = offset;
  let value = need(bytes, end, "tag");
  end += 1;
  if ((value & 0x1f) !== 0x1f) return { value, end };
  for (let more = true; more; end += 1) {
    if (end - offset === 3) throw invalid("a tag of more than three bytes", end);
    const next = need(bytes, end, "tag");
    if (end === offset + 1 && (next & 0x7f) === 0) throw invalid("a padded tag number", end);
    value = value * 256 + next;
    more = (next & 0x80) !== 0;
  }
  return { value, end };
}

function readLength(bytes: Uint8Array, offset: number): Field {
  const first = need(bytes, offset, "length");
  if (first < 0x80) return { value: first, end: offset + 1 };
  const count = first & 0x7f;
  if (count === 0) throw invalid("an indefinite length", offset);
  if (count > 3) throw invalid(`a length of ${count} bytes`, offset);
  let value = 0;
  for (let i = 1; i <= count; i += 1) value = value * 256 + need(bytes, offset + i, "length");
  return { value, end: offset + 1 + count };
}

function need(bytes: Uint8Array, offset: number, what: string): number {
  if (offset >= bytes.length) throw invalid(`the ${what} is cut off`, bytes.length);
  return byteAt(bytes, offset);
}

function invalid(message: string, offset: number): CodecError {
  return new CodecError("TLV_INVALID", message, offset);
}

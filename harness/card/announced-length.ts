/**
 * How long a BER-TLV object is, from its first bytes, before the rest was read (X.690 8.1). The card
 * writes `82 hh ll` even below 256 (card-facts section 5); every definite form of up to three length
 * bytes is understood.
 */

/**
 * Bytes of tag, length and value together; undefined when the header is cut off or is none.
 *
 * @example announcedLength(Uint8Array.of(0x30, 0x82, 0x06, 0x2b)) // 1583
 */
export function announcedLength(start: Uint8Array): number | undefined {
  const lengthAt = tagLength(start);
  const first = start[lengthAt];
  if (first === undefined) return undefined;
  if (first < 0x80) return lengthAt + 1 + first;
  const count = first & 0x7f;
  const digits = start.subarray(lengthAt + 1, lengthAt + 1 + count);
  if (count === 0 || count > 3 || digits.length < count) return undefined;
  return lengthAt + 1 + count + digits.reduce((sum, digit) => sum * 256 + digit, 0);
}

function tagLength(start: Uint8Array): number {
  if (((start[0] ?? 0) & 0x1f) !== 0x1f) return 1;
  const last = start.findIndex((byte, i) => i > 0 && (byte & 0x80) === 0);
  return last < 0 ? start.length : last + 1;
}

/** Hexadecimal, for people and at the edges only: inside, bytes are `Uint8Array`. */
import { CodecError } from "../errors.ts";

/** `00A4040C`; upper case, no separators. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

const PAIRS = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0").toUpperCase(),
);

/**
 * Reads hexadecimal with optional white space between bytes.
 *
 * @throws CodecError HEX_INVALID with the number of whole bytes before what is wrong
 */
export function fromHex(text: string): Uint8Array {
  const bytes: number[] = [];
  let place = 0;
  while (place < text.length) {
    const pair = text.slice(place, place + 2);
    if (/^\s/.test(pair)) {
      place += 1;
      continue;
    }
    if (!/^[0-9a-fA-F]{2}$/.test(pair)) {
      throw new CodecError("HEX_INVALID", `"${pair}" is not a hexadecimal byte`, bytes.length);
    }
    bytes.push(Number.parseInt(pair, 16));
    place += 2;
  }
  return Uint8Array.from(bytes);
}

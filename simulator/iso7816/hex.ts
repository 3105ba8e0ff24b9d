/** Hexadecimal, for people and at the edges only: inside, bytes are `Uint8Array`. */
import { CodecError } from "../errors.ts";

/** `00A4040C`; upper case, no separators. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text.toUpperCase();
}

/** Reads hexadecimal with optional white space between bytes; rejects anything else with its position. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, "");
  const wrong = digits.search(/[^0-9a-fA-F]/);
  if (wrong >= 0) {
    throw new CodecError(
      "HEX_INVALID",
      `"${digits[wrong]}" is not a hexadecimal digit`,
      wrong >> 1,
    );
  }
  if (digits.length % 2 !== 0) {
    throw new CodecError("HEX_INVALID", "the last byte has one digit only", digits.length >> 1);
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/** CRC_B of ISO/IEC 14443-3 annex B (ISO/IEC 13239): two bytes, the lower one first. */
import { concat, equal } from "../../iso7816/index.ts";

const POLYNOMIAL = 0x8408;
const LENGTH = 2;

export function crcB(bytes: Uint8Array): Uint8Array {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
  }
  crc = ~crc & 0xffff;
  return Uint8Array.of(crc & 0xff, crc >> 8);
}

export function withCrcB(bytes: Uint8Array): Uint8Array {
  return concat(bytes, crcB(bytes));
}

/** The frame without its CRC; undefined when the CRC is not the frame's. */
export function checkedCrcB(frame: Uint8Array): Uint8Array | undefined {
  if (frame.length < LENGTH) return undefined;
  const bytes = frame.slice(0, -LENGTH);
  return equal(crcB(bytes), frame.subarray(-LENGTH)) ? bytes : undefined;
}

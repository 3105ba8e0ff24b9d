import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodePng } from "./png.ts";
import { hex } from "./testing/records.ts";

describe("PNG", () => {
  // ten pixels wide: one whole byte and two bits
  const file = encodePng({
    width: 10,
    rows: [Uint8Array.of(0b01010101, 0b01000000), Uint8Array.of(0, 0)],
  });

  it("begins with the signature and a header for one-bit greyscale", () => {
    expect(hex(file.slice(0, 33))).toBe(
      `89504E470D0A1A0A0000000D494844520000000A000000020100000000${crcOf(file)}`,
    );
  });

  it("holds its rows unfiltered, white as 1", () => {
    const length = new DataView(file.buffer).getUint32(33);
    const rows = inflateSync(file.slice(41, 41 + length));
    expect(hex(file.slice(37, 41))).toBe(hex(new TextEncoder().encode("IDAT")));
    expect(hex(rows)).toBe("00" + "5540" + "00" + "0000");
  });

  it("ends with the empty chunk every PNG ends with", () => {
    // CRC of "IEND" as in the PNG specification
    expect(hex(file.slice(-12))).toBe("0000000049454E44AE426082");
  });
});

/** CRC of the header chunk, bit by bit (PNG specification annex D). */
function crcOf(file: Uint8Array): string {
  let crc = 0xffffffff;
  for (const byte of file.slice(12, 29)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0").toUpperCase();
}

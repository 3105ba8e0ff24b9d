import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodecError } from "../errors.ts";
import { type CommandFields, encodeCommand, parseCommand } from "./command-apdu.ts";
import { fromHex, toHex } from "./hex.ts";

const NONE = new Uint8Array(0);

// ISO/IEC 7816-4 section 5.1, written by hand (reader-facts 5.1, commands of card-facts 4).
const VECTORS: readonly (readonly [string, string, CommandFields])[] = [
  ["case 1", "00 20 00 80", { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80 }],
  ["case 2 short", "00 B0 00 00 04", { cla: 0, ins: 0xb0, p1: 0, p2: 0, ne: 4 }],
  ["case 2 short, 256", "00 B0 01 00 00", { cla: 0, ins: 0xb0, p1: 1, p2: 0, ne: 256 }],
  ["case 2 short, 255", "00 84 00 00 FF", { cla: 0, ins: 0x84, p1: 0, p2: 0, ne: 255 }],
  [
    "case 2 extended, 256",
    "00 84 00 00 00 01 00",
    { cla: 0, ins: 0x84, p1: 0, p2: 0, ne: 256, extended: true },
  ],
  [
    "case 2 extended, 65536",
    "00 B0 8A 00 00 00 00",
    { cla: 0, ins: 0xb0, p1: 0x8a, p2: 0, ne: 65536, extended: true },
  ],
  [
    "case 2 extended, 1",
    "00 84 00 00 00 00 01",
    { cla: 0, ins: 0x84, p1: 0, p2: 0, ne: 1, extended: true },
  ],
  [
    "case 3 short",
    "00 A4 02 0C 02 00 18",
    { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: Uint8Array.of(0x00, 0x18) },
  ],
  [
    "case 3 extended",
    "00 20 00 80 00 00 04 31 32 33 34",
    { cla: 0, ins: 0x20, p1: 0, p2: 0x80, data: fromHex("31323334"), extended: true },
  ],
  [
    "case 4 short",
    "00 88 00 99 02 AA BB 00",
    { cla: 0, ins: 0x88, p1: 0, p2: 0x99, data: fromHex("AABB"), ne: 256 },
  ],
  [
    "case 4 short, Le as the last byte of data length 1",
    "80 2A 00 80 01 FF 10",
    { cla: 0x80, ins: 0x2a, p1: 0, p2: 0x80, data: Uint8Array.of(0xff), ne: 16 },
  ],
  [
    "case 4 extended",
    "08 B0 00 00 00 00 04 96 02 00 00 00 00",
    { cla: 8, ins: 0xb0, p1: 0, p2: 0, data: fromHex("96020000"), ne: 65536, extended: true },
  ],
];

describe("command APDUs", () => {
  it.each(VECTORS)("%s: %s is encoded", (_case, hex, fields) => {
    expect(toHex(encodeCommand(fields))).toBe(hex.replaceAll(" ", ""));
  });

  it.each(VECTORS)("%s: %s is parsed", (_case, hex, fields) => {
    expect(parseCommand(fromHex(hex))).toEqual({ data: NONE, ne: 0, extended: false, ...fields });
  });

  it("carries 255 bytes in the short form and 65535 in the extended form", () => {
    const short = encodeCommand({ cla: 0, ins: 0, p1: 0, p2: 0, data: new Uint8Array(255) });
    const long = encodeCommand({
      cla: 0,
      ins: 0,
      p1: 0,
      p2: 0,
      data: new Uint8Array(65535),
      extended: true,
    });

    expect(short).toHaveLength(260);
    expect(toHex(short.slice(0, 5))).toBe("00000000FF");
    expect(long).toHaveLength(65542);
    expect(toHex(long.slice(0, 7))).toBe("0000000000FFFF");
  });

  it.each([
    ["", 0, "nothing at all"],
    ["00 A4 04", 3, "a header cut off"],
    ["00 A4 02 0C 02 00", 6, "data cut off"],
    ["00 A4 02 0C 02 00 18 00 00", 8, "a byte behind Le"],
    ["00 B0 00 00 00 01", 6, "an extended Le of one byte"],
    ["00 20 00 80 00 00 00 31", 5, "an extended Lc of zero"],
    ["00 20 00 80 00 00 04 31 32 33", 10, "extended data cut off"],
    ["00 20 00 80 00 00 04 31 32 33 34 00", 12, "an extended command with one byte of Le"],
    ["00 20 00 80 00 00 04 31 32 33 34 00 00 00", 13, "a byte behind an extended Le"],
  ])("refuses %j at byte %i: %s", (hex, offset) => {
    expect(() => parseCommand(fromHex(hex))).toThrow(
      expect.objectContaining({ code: "APDU_INVALID", offset }),
    );
  });

  const header = { cla: 0, ins: 0, p1: 0, p2: 0 };
  it.each<[string, CommandFields, number]>([
    ["class above FF", { ...header, cla: 256 }, 0],
    ["negative instruction", { ...header, ins: -1 }, 1],
    ["fractional P1", { ...header, p1: 1.5 }, 2],
    ["P2 above FF", { ...header, p2: 300 }, 3],
    ["256 bytes in the short form", { ...header, data: new Uint8Array(256) }, 4],
    ["65536 bytes", { ...header, data: new Uint8Array(65536), extended: true }, 4],
    ["257 expected in the short form", { ...header, ne: 257 }, 4],
    ["65537 expected", { ...header, ne: 65537, extended: true }, 4],
    ["a negative expectation", { ...header, ne: -1 }, 4],
  ])("refuses to encode: %s", (_what, fields, offset) => {
    expect(() => encodeCommand(fields)).toThrow(
      expect.objectContaining({ code: "APDU_INVALID", offset }),
    );
  });

  const byte = fc.nat(255);
  const fields = fc
    .record({
      cla: byte,
      ins: byte,
      p1: byte,
      p2: byte,
      data: fc.uint8Array({ maxLength: 255 }),
      ne: fc.nat(256),
      extended: fc.boolean(),
    })
    // Case 1 has no extended form of its own.
    .map((f) => (f.data.length === 0 && f.ne === 0 ? { ...f, extended: false } : f));

  it("come back from their encoding", () => {
    fc.assert(
      fc.property(fields, (command) => {
        expect(parseCommand(encodeCommand(command))).toEqual(command);
      }),
    );
  });

  it("are either refused with a position inside them or encode to the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const result = reencoded(bytes);
        if (result instanceof CodecError) {
          expect(result.code).toBe("APDU_INVALID");
          expect(result.offset).toBeGreaterThanOrEqual(0);
          expect(result.offset).toBeLessThanOrEqual(bytes.length);
        } else {
          expect(result).toEqual(bytes);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The bytes again, or the reason why they are no command. */
function reencoded(bytes: Uint8Array): unknown {
  try {
    return encodeCommand(parseCommand(bytes));
  } catch (error) {
    return error;
  }
}

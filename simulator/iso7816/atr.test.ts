import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAtr, typeBAtr } from "./atr.ts";
import { fromHex, toHex } from "./hex.ts";

const contact1 = "3B E0 00 FF 81 31 FE 45 14";
const contact2 = "3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B";
const contact3 = "3B C5 FF 81 31 FB 45 80 73 C6 01 00 00";
const reader1 = "3B F5 91 00 FF 91 81 71 FE 40 00 42 00 01 00 D1 D6";
const reader2 = "3B F5 91 00 FF 91 81 71 FE 40 00 42 00 01 B3 A1 15";

describe("answers to reset of the My Number card (card-facts 1.2)", () => {
  it.each([
    [contact1, [1], ""],
    [contact2, [1], "80 12 39 2F 31 C1 73 C6 01 C0"],
    [contact3, [1], "80 73 C6 01 00"],
    [reader1, [1], "42 00 01 00 D1"],
    [reader2, [1], "42 00 01 B3 A1"],
    ["3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F", [0, 1], "00 00 05 E0 B3 81 A1 00"],
    ["3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B", [0, 1], "00 00 41 E0 B3 81 A1 00"],
    ["3B 88 80 01 00 4B 51 FF 00 81 D1 00 BC", [0, 1], "00 4B 51 FF 00 81 D1 00"],
    ["3B 88 80 01 00 4B 51 FF B3 81 D1 00 0F", [0, 1], "00 4B 51 FF B3 81 D1 00"],
    // 住基カード, for contrast
    ["3B 88 80 01 00 00 14 E0 B3 81 91 00 5E", [0, 1], "00 00 14 E0 B3 81 91 00"],
  ])("%s", (hex, protocols, historical) => {
    const atr = parseAtr(fromHex(hex));

    expect(atr.convention).toBe("direct");
    expect(atr.protocols).toEqual(protocols);
    expect(toHex(atr.historical)).toBe(historical.replaceAll(" ", ""));
    expect(atr.tck).toBe(fromHex(hex).at(-1));
  });

  it("decode their interface bytes", () => {
    expect(parseAtr(fromHex(contact1)).groups).toEqual([
      { tb: 0x00, tc: 0xff, td: 0x81 },
      { td: 0x31 },
      { ta: 0xfe, tb: 0x45 },
    ]);
    expect(parseAtr(fromHex(contact2)).groups).toEqual([
      { ta: 0x13, tc: 0xff, td: 0x81 },
      { td: 0x31 },
      { ta: 0xfb, tb: 0x46 },
    ]);
    expect(parseAtr(fromHex(reader1)).groups).toEqual([
      { ta: 0x91, tb: 0x00, tc: 0xff, td: 0x91 },
      { ta: 0x81, td: 0x71 },
      { ta: 0xfe, tb: 0x40, tc: 0x00 },
    ]);
  });
});

describe("answers to reset in general (ISO/IEC 7816-3 section 8)", () => {
  it("offer T=0 without a check byte when no TD says otherwise", () => {
    expect(parseAtr(fromHex("3F 02 41 42"))).toEqual({
      convention: "inverse",
      groups: [{}],
      protocols: [0],
      historical: fromHex("4142"),
    });
  });

  it("have a check byte when T=15 stands beside T=0", () => {
    expect(parseAtr(fromHex("3B 80 80 1F 07 18"))).toMatchObject({ protocols: [0], tck: 0x18 });
    expect(() => parseAtr(fromHex("3B 80 80 1F 07"))).toThrow(
      expect.objectContaining({ code: "ATR_INVALID", offset: 5 }),
    );
  });

  it.each([
    ["", 0, "nothing"],
    ["3B", 1, "no T0"],
    ["3A 00", 0, "an unknown TS"],
    ["3B E0 00 FF", 4, "interface bytes cut off"],
    ["3B 02 41", 3, "historical bytes cut off"],
    ["3B E0 00 FF 81 31 FE 45", 8, "no check byte"],
    ["3B E0 00 FF 81 31 FE 45 15", 8, "a wrong check byte"],
    ["3B E0 00 FF 81 31 FE 45 14 00", 8, "a byte behind the check byte"],
    ["3B 00 14", 2, "a check byte with T=0 alone"],
    [`3B 0F ${"00 ".repeat(32)}`, 33, "more than 33 bytes"],
  ])("are refused: %j at byte %i, %s", (hex, offset) => {
    expect(() => parseAtr(fromHex(hex))).toThrow(
      expect.objectContaining({ code: "ATR_INVALID", offset }),
    );
  });

  it("are parsed or refused with a code, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const code = outcome(Uint8Array.of(0x3b, ...bytes));
        expect(code).toSatisfy((found) => found === "parsed" || found === "ATR_INVALID");
      }),
    );
  });
});

describe("answers to reset of type B cards (PC/SC part 3)", () => {
  it.each([
    ["00 00 05 E0", "B3 81 A1", "3B8880010000" + "05E0B381A1007F"],
    ["00 4B 51 FF", "00 81 D1", "3B888001004B" + "51FF0081D100BC"],
    ["00 4B 51 FF", "B3 81 D1", "3B888001004B" + "51FFB381D1000F"],
  ])("are made of application data %s and protocol info %s", (application, protocol, atr) => {
    expect(toHex(typeBAtr(fromHex(application), fromHex(protocol)))).toBe(atr);
  });

  it("carry MBLI in the high half of the last byte", () => {
    // 7F with 10 exclusive-ored in
    expect(toHex(typeBAtr(fromHex("000005E0"), fromHex("B381A1"), 1)).slice(-4)).toBe("106F");
  });

  it("are refused when a field has the wrong size", () => {
    const invalid = expect.objectContaining({ code: "ATR_INVALID" });
    expect(() => typeBAtr(fromHex("000005"), fromHex("B381A1"))).toThrow(invalid);
    expect(() => typeBAtr(fromHex("000005E0"), fromHex("B381"))).toThrow(invalid);
    expect(() => typeBAtr(fromHex("000005E0"), fromHex("B381A1"), 16)).toThrow(invalid);
  });

  it("parse to the protocols T=0 and T=1", () => {
    const four = fc.uint8Array({ minLength: 4, maxLength: 4 });
    const three = fc.uint8Array({ minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(four, three, fc.nat(15), (application, protocol, mbli) => {
        const atr = parseAtr(typeBAtr(application, protocol, mbli));
        expect(atr.protocols).toEqual([0, 1]);
        expect([...atr.historical]).toEqual([...application, ...protocol, mbli << 4]);
      }),
    );
  });
});

function outcome(bytes: Uint8Array): unknown {
  try {
    parseAtr(bytes);
    return "parsed";
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

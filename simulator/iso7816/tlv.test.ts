import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat } from "./bytes.ts";
import { fromHex, toHex } from "./hex.ts";
import { encodeTlv, findTlv, parseTlv, parseTlvs } from "./tlv.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

// card-facts 5.1
const MY_NUMBER = "FF 10 0C 31 32 33 34 35 36 37 38 39 30 31 38 FF FF";
// card-facts 5.2, the worked example
const ATTRIBUTES = `
  FF 20 65 DF 21 08 00 0E 00 20 00 59 00 64
  DF 22 0F E5 B1 B1 E7 94 B0 E3 80 80 E5 A4 AA E9 83 8E
  DF 23 36 E6 9D B1 E4 BA AC E9 83 BD E5 8D 83 E4 BB A3 E7 94 B0 E5 8C BA E4 B8 B8
    E3 81 AE E5 86 85 EF BC 91 E4 B8 81 E7 9B AE EF BC 92 E7 95 AA EF BC 91 EF BC 90 E5 8F B7
  DF 24 08 31 39 39 30 30 31 30 32
  DF 25 01 31`;

describe("BER-TLV", () => {
  it("reads the 個人番号 object and leaves the filler behind it (card-facts 5.1)", () => {
    expect(parseTlv(fromHex(MY_NUMBER))).toEqual({
      tag: 0xff10,
      value: ascii("123456789018"),
      offset: 0,
      length: 15,
    });
  });

  it("reads the 基本4情報 and finds its parts at the places of the table (card-facts 5.2)", () => {
    const file = fromHex(ATTRIBUTES);
    const outer = parseTlv(file);
    const parts = parseTlvs(outer.value);
    const text = (tag: number) => new TextDecoder().decode(findTlv(parts, tag).value);

    expect(file).toHaveLength(104);
    expect(outer).toMatchObject({ tag: 0xff20, length: 104 });
    expect(parts.map((part) => part.tag)).toEqual([0xdf21, 0xdf22, 0xdf23, 0xdf24, 0xdf25]);
    expect(parts.slice(1).map((part) => part.offset + 3)).toEqual([0x0e, 0x20, 0x59, 0x64]);
    expect(text(0xdf22)).toBe("山田　太郎");
    expect(text(0xdf23)).toBe("東京都千代田区丸の内１丁目２番１０号");
    expect(text(0xdf24)).toBe("19900102");
    expect(text(0xdf25)).toBe("1");
    expect(parseTlv(file, 0x59)).toMatchObject({ tag: 0xdf24, offset: 0x59, length: 11 });
  });

  it.each([
    ["30 00", 0x30, 0],
    ["30 7F", 0x30, 127],
    ["30 81 80", 0x30, 128],
    ["30 81 05", 0x30, 5],
    ["30 82 00 9F", 0x30, 159],
    ["7F 21 82 02 33", 0x7f21, 0x233],
    ["30 83 01 00 00", 0x30, 65536],
    ["DF 81 21 01", 0xdf8121, 1],
  ])("reads the header %s", (header, tag, length) => {
    const bytes = concat(fromHex(header), new Uint8Array(length));
    expect(parseTlv(bytes)).toMatchObject({ tag, length: bytes.length });
    expect(parseTlv(bytes).value).toHaveLength(length);
  });

  it.each([
    [0, "30 00"],
    [127, "30 7F"],
    [128, "30 82 00 80"],
    [255, "30 82 00 FF"],
    [256, "30 82 01 00"],
    [65535, "30 82 FF FF"],
  ])("writes a length of %i as the card does (card-facts 5)", (length, header) => {
    const encoded = encodeTlv(0x30, new Uint8Array(length));
    expect(toHex(encoded.slice(0, encoded.length - length))).toBe(header.replaceAll(" ", ""));
  });

  it("joins several values", () => {
    expect(toHex(encodeTlv(0xdf21, Uint8Array.of(1), Uint8Array.of(2, 3)))).toBe("DF2103010203");
  });

  it.each([
    ["", 0, "no tag"],
    ["DF", 1, "a tag cut off"],
    ["DF 81 82 83 01 00", 3, "a tag of four bytes"],
    ["1F 80 01 00", 1, "a padded tag number"],
    ["30", 1, "no length"],
    ["30 82 01", 3, "a length cut off"],
    ["30 80 00 00", 1, "an indefinite length"],
    ["30 84 00 00 00 01 00", 1, "a length of four bytes"],
    ["30 05 01 02", 2, "a value cut off"],
  ])("refuses %j at byte %i: %s", (hex, offset) => {
    expect(() => parseTlv(fromHex(hex))).toThrow(
      expect.objectContaining({ code: "TLV_INVALID", offset }),
    );
  });

  it("refuses filler where another object should be, counted from the start", () => {
    expect(() => parseTlvs(fromHex(MY_NUMBER))).toThrow(
      expect.objectContaining({ code: "TLV_INVALID" }),
    );
    expect(() => parseTlvs(fromHex("30 00 31 05 00"))).toThrow(
      expect.objectContaining({ offset: 4 }),
    );
  });

  it("says which tag is missing", () => {
    expect(() => findTlv(parseTlvs(fromHex("30 00")), 0xdf21)).toThrow(/DF21 is missing/);
  });

  it.each([0, -1, 1.5, 0x1f, 0x3000, 0xdf, 0xdf8182, 0xdf818283])(
    "refuses to write %f as a tag",
    (tag) => {
      expect(() => encodeTlv(tag)).toThrow(expect.objectContaining({ code: "TLV_INVALID" }));
    },
  );

  it("refuses to write a value of more than 65535 bytes", () => {
    expect(() => encodeTlv(0x30, new Uint8Array(65536))).toThrow(
      expect.objectContaining({ code: "TLV_INVALID" }),
    );
  });

  const tag = fc.constantFrom(0x04, 0x30, 0x86, 0x7f21, 0xff20, 0xdf21, 0x5f37, 0xdf8121);
  const value = fc.uint8Array({ maxLength: 400 });

  it("comes back from its encoding", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, value), { maxLength: 5 }), (objects) => {
        const encoded = concat(...objects.map(([t, v]) => encodeTlv(t, v)));
        expect(parseTlvs(encoded).map((found) => [found.tag, found.value])).toEqual(objects);
      }),
    );
  });

  it("is refused, if at all, with a code and a position", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(outcome(bytes)).toSatisfy((code) => code === "parsed" || code === "TLV_INVALID");
      }),
    );
  });
});

function outcome(bytes: Uint8Array): unknown {
  try {
    parseTlvs(bytes);
    return "parsed";
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

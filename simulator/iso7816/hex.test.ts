import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "./hex.ts";

describe("hexadecimal", () => {
  it("is written in upper case with two digits a byte", () => {
    expect(toHex(Uint8Array.of(0x00, 0xa4, 0x0f, 0xff))).toBe("00A40FFF");
    expect(toHex(new Uint8Array(0))).toBe("");
  });

  it("is read in either case with white space between bytes", () => {
    expect(fromHex(" 00 a4\n04\t0C ")).toEqual(Uint8Array.of(0x00, 0xa4, 0x04, 0x0c));
    expect(fromHex("")).toEqual(new Uint8Array(0));
  });

  it.each([
    ["00 A4 0G", 2],
    ["xyz", 0],
    ["00A", 1],
    ["00 A 4", 1],
    ["0x00", 0],
  ])("refuses %j and says after how many bytes", (text, offset) => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: "HEX_INVALID", offset }));
  });

  it("comes back as the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });
});

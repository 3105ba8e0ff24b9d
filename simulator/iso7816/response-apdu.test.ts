import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "./hex.ts";
import { encodeResponse, parseResponse } from "./response-apdu.ts";

describe("response APDUs", () => {
  it("are data and two status bytes", () => {
    expect(parseResponse(fromHex("30 82 06 2B 90 00"))).toEqual({
      data: fromHex("3082062B"),
      sw: 0x9000,
    });
    expect(parseResponse(fromHex("63 C2"))).toEqual({ data: new Uint8Array(0), sw: 0x63c2 });
    expect(toHex(encodeResponse({ data: Uint8Array.of(1), sw: 0x6282 }))).toBe("016282");
  });

  it.each([
    ["", 0],
    ["90", 1],
    ["60 00", 0],
    ["01 02 50 00", 2],
    ["01 A0 00", 1],
    ["00 00", 0],
  ])("refuses %j at byte %i", (hex, offset) => {
    expect(() => parseResponse(fromHex(hex))).toThrow(
      expect.objectContaining({ code: "APDU_INVALID", offset }),
    );
  });

  it("are not encoded with an illegal status or too much data", () => {
    const illegal = expect.objectContaining({ code: "APDU_INVALID" });
    expect(() => encodeResponse({ data: new Uint8Array(1), sw: 0x6000 })).toThrow(illegal);
    expect(() => encodeResponse({ data: new Uint8Array(1), sw: 0x19000 })).toThrow(illegal);
    expect(() => encodeResponse({ data: new Uint8Array(65537), sw: 0x9000 })).toThrow(illegal);
    expect(encodeResponse({ data: new Uint8Array(65536), sw: 0x9000 })).toHaveLength(65538);
  });

  it("come back from their encoding", () => {
    const sw = fc.oneof(
      fc.integer({ min: 0x6100, max: 0x6fff }),
      fc.integer({ min: 0x9000, max: 0x9fff }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), sw, (data, status) => {
        expect(parseResponse(encodeResponse({ data, sw: status }))).toEqual({ data, sw: status });
      }),
    );
  });
});

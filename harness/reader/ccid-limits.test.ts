import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readingLimits } from "./ccid-limits.ts";

describe("readingLimits", () => {
  // dwFeatures and dwMaxCCIDMessageLength as readers announce them (reader-facts 4.4).
  it.each([
    ["RC-S300", 0x0004007e, 522, { chunk: 256, extended: true, doubtful: false }],
    ["a reader for short APDUs", 0x000200ba, 271, { chunk: 256, extended: false, doubtful: false }],
    ["a TPDU reader", 0x00010230, 271, { chunk: 256, extended: false, doubtful: false }],
    ["one that says too little", 0x000200ba, 263, { chunk: 251, extended: false, doubtful: true }],
    ["one that says nothing", 0x0004007e, 0, { chunk: 1, extended: false, doubtful: true }],
  ])("of %s", (_, dwFeatures, dwMaxCCIDMessageLength, limits) => {
    expect(readingLimits({ dwFeatures, dwMaxCCIDMessageLength })).toEqual(limits);
  });

  it("never ask for more than fits, nor for what no short command can ask for", () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.nat(70_000), (dwFeatures, dwMaxCCIDMessageLength) => {
        const { chunk } = readingLimits({ dwFeatures, dwMaxCCIDMessageLength });
        expect(chunk).toBeGreaterThanOrEqual(1);
        expect(chunk).toBeLessThanOrEqual(256);
        if (chunk > 1) expect(chunk + 12).toBeLessThanOrEqual(dwMaxCCIDMessageLength);
      }),
    );
  });
});

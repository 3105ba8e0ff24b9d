import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../iso7816/index.ts";
import { utcSeconds, writeTime } from "./time.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => utcSeconds(new DataView(ascii(text).buffer), 0);

function written(seconds: number): string {
  const bytes = new Uint8Array(17);
  const end = writeTime(new DataView(bytes.buffer), 0, seconds);
  return toHex(bytes.subarray(0, end));
}

describe("times of entries", () => {
  it("are written as Date says them, in the form their year asks for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seconds) => {
        const text = `${new Date(seconds * 1000).toISOString().slice(0, 19).replace(/\D/g, "")}Z`;
        const utc = text < "2050";
        const expected = utc ? `170D${toHex(ascii(text.slice(2)))}` : `180F${toHex(ascii(text))}`;
        expect(written(seconds)).toBe(expected);
      }),
    );
  });

  it("are read as they were written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2050, 0, 1) / 1000 - 1 }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().slice(2, 19).replace(/\D/g, "");
        expect(read(`${text}Z`)).toBe(seconds);
      }),
    );
  });

  it.each([
    ["the last second before 2050", "491231235959Z", Date.UTC(2049, 11, 31, 23, 59, 59) / 1000],
    ["the twentieth century", "991231235959Z", Date.UTC(1999, 11, 31, 23, 59, 59) / 1000],
    ["29 February", "240229000000Z", Date.UTC(2024, 1, 29) / 1000],
    ["no 29 February", "230229000000Z", -1],
    ["a thirteenth month", "241301000000Z", -1],
    ["a month 0", "240001000000Z", -1],
    ["a day 0", "240100000000Z", -1],
    ["24 hours", "240101240000Z", -1],
    ["60 minutes", "240101006000Z", -1],
    ["60 seconds", "240101000060Z", -1],
    ["a letter", "24010100000AZ", -1],
    ["a colon, which follows 9", "2:0101000000Z", -1],
    ["a slash, which precedes 0", "2/0101000000Z", -1],
    ["no Z", "240101000000+", -1],
  ])("know %s", (_what, text, seconds) => {
    expect(read(text)).toBe(seconds);
  });

  it("are none before 1970", () => {
    expect(read("691231235959Z")).toBeLessThan(0);
  });
});

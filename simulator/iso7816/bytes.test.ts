import { describe, expect, it } from "vitest";
import { byteAt, concat, equal, uint16 } from "./bytes.ts";

describe("byte strings", () => {
  const abc = Uint8Array.of(1, 2, 3);

  it("are joined in order, empty ones leaving no trace", () => {
    expect(concat(abc, new Uint8Array(0), Uint8Array.of(4))).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(concat()).toEqual(new Uint8Array(0));
  });

  it("are equal only when length and every byte agree", () => {
    expect(equal(abc, Uint8Array.of(1, 2, 3))).toBe(true);
    expect(equal(abc, Uint8Array.of(1, 2))).toBe(false);
    expect(equal(abc, Uint8Array.of(1, 2, 4))).toBe(false);
  });

  it("give single bytes and big-endian pairs, and nothing from outside", () => {
    expect(byteAt(abc, 2)).toBe(3);
    expect(uint16(Uint8Array.of(0xff, 0x06, 0x2b), 1)).toBe(0x062b);
    expect(() => byteAt(abc, 3)).toThrow(RangeError);
    expect(() => uint16(abc, 2)).toThrow(RangeError);
  });
});

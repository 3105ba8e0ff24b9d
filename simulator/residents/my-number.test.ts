import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMyNumber, isTestMyNumber, MY_NUMBERS, testMyNumber } from "./my-number.ts";

describe("個人番号", () => {
  it("has the check digit of the worked example", () => {
    expect(isMyNumber("123456789018")).toBe(true);
  });

  it.each([
    // Weights from the right: 2 3 4 5 6 7 2 3 4 5 6. One digit 1 at the end: 11 - 2 = 9.
    [1, "000000000019"],
    // 1 in fifth place from the right: 11 - 6 = 5.
    [10_000, "000000100005"],
    [0, "000000000000"],
    // 2 * 5 = 10, and 11 - 10 = 1.
    [5, "000000000051"],
    // 3 * 4 = 12, remainder 1: the digit is 0, not 10.
    [40, "000000000400"],
  ])("number %i of the test range is %s", (n, expected) => {
    expect(testMyNumber(n)).toBe(expected);
  });

  it("is refused with any other check digit", () => {
    fc.assert(
      fc.property(fc.nat(MY_NUMBERS - 1), fc.integer({ min: 1, max: 9 }), (n, shift) => {
        const number = testMyNumber(n);
        expect(isTestMyNumber(number)).toBe(true);
        const wrong = number.slice(0, 11) + ((Number(number[11]) + shift) % 10);
        expect(isMyNumber(wrong)).toBe(false);
      }),
    );
  });

  it("is known to be of the test range or not", () => {
    expect(isTestMyNumber("123456789018")).toBe(false);
  });

  it.each([-1, MY_NUMBERS, 0.5])("there is no number %d", (n) => {
    expect(() => testMyNumber(n)).toThrow(expect.objectContaining({ code: "PERSONA_UNKNOWN" }));
  });
});

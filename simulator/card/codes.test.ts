import { describe, expect, it } from "vitest";
import { birthKey, codeA, codeB, eraYear } from "./codes.ts";
import { HOLDER, testSpec } from "./testing/spec.ts";

describe("照合番号 (card-facts section 3)", () => {
  it("A is the 個人番号", () => {
    expect(codeA(testSpec())).toBe("123456789018");
  });

  it("B is birth date in the era, expiry year and security code", () => {
    // 1990 = 平成2年
    expect(codeB(testSpec())).toBe("02010220354321");
    expect(birthKey(testSpec())).toBe("020102");
  });

  it("differs with the holder", () => {
    const spec = testSpec({ holder: { ...HOLDER, birthDate: "19450815" }, securityCode: "0001" });
    expect(codeB(spec)).toBe("20081520350001");
  });

  it.each([
    ["20190501", "01"],
    ["20190430", "31"],
    ["19890108", "01"],
    ["19890107", "64"],
    ["19261225", "01"],
    ["19261224", "15"],
    ["19120730", "01"],
    ["19120729", "45"],
    ["20260101", "08"],
  ])("%s falls into year %s of its era", (date, year) => {
    expect(eraYear(date)).toBe(year);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SimulatorError } from "../../errors.ts";
import { birthDateWithEra, certifiedText, requireAddressFits, sexCode } from "./personal-data.ts";

describe("the birth date of a 署名用 certificate", () => {
  it.each([
    ["20190501", "520190501"],
    ["20190430", "420190430"],
    ["19890108", "419890108"],
    ["19890107", "319890107"],
    ["19261225", "319261225"],
    ["19261224", "219261224"],
    ["19120730", "219120730"],
    ["19120729", "119120729"],
  ])("%s is written %s", (date, expected) => {
    expect(birthDateWithEra(date)).toBe(expected);
  });
});

describe("the sex of a 署名用 certificate", () => {
  it("has its own code for what is neither 1 nor 2", () => {
    expect((["1", "2", "0", "9"] as const).map(sexCode)).toEqual(["1", "2", "3", "3"]);
  });
});

describe("substituted characters", () => {
  it("counts the separator: five characters give five digits", () => {
    expect(certifiedText("山田　太郎")).toEqual({ text: "山田　太郎", substitutes: "00000" });
  });

  it("replaces what is outside JIS X 0208 and JIS X 0212, counting a surrogate pair once", () => {
    expect(certifiedText("𠮷田　髙志", { 𠮷: "吉", 髙: "高" })).toEqual({
      text: "吉田　高志",
      substitutes: "10010",
    });
  });

  it("keeps 補助漢字 (丂), full-width digits and Latin letters", () => {
    expect(certifiedText("丂１A").substitutes).toBe("000");
  });

  it("replaces what vendors added to the sets (①)", () => {
    expect(certifiedText("①")).toEqual({ text: "〓", substitutes: "1" });
  });

  it("has one digit for every character, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const certified = certifiedText(text);
        expect(Array.from(certified.text)).toHaveLength(certified.substitutes.length);
        expect(certifiedText(certified.text).substitutes).toMatch(/^0*$/);
      }),
    );
  });

  it("refuses an address of more than 200 characters", () => {
    expect(() => requireAddressFits(certifiedText("町".repeat(200)))).not.toThrow();
    expect(() => requireAddressFits(certifiedText("町".repeat(201)))).toThrow(SimulatorError);
  });
});

import { describe, expect, it } from "vitest";
import { comparison, failure, toRecord, withoutReference } from "./result.ts";
import { tiny } from "./testing/tiny.ts";

describe("the verdict", () => {
  it.each([
    [49.9, false],
    [50, true],
    [50.1, true],
  ])("of %d against 100 with a target of 0.5 is %s", (value, met) => {
    expect(comparison(tiny({ target: 0.5 }), value, 100).met).toBe(met);
  });

  it("is none without a target, and says so", () => {
    const { met, ratio, why } = comparison(tiny({ target: null }), 1, 4);
    expect({ met, ratio }).toEqual({ met: null, ratio: 0.25 });
    expect(why?.en).toContain("no target");
  });

  it("is no for a benchmark that could not be measured", () => {
    const { met, value, why } = failure(tiny(), "out of paper");
    expect({ met, value }).toEqual({ met: false, value: null });
    expect(why?.en).toContain("out of paper");
  });
});

describe("an entry of results.json", () => {
  it("holds the eight things that are promised and nothing else", () => {
    expect(toRecord(comparison(tiny({ target: 0.5 }), 61.23456, 123.456789))).toEqual({
      name: "tiny/one",
      value: 61.23,
      unit: "things/s",
      reference: 123.5,
      ratio: 0.496,
      target: 0.5,
      met: false,
    });
  });

  it("says in both languages why there is no verdict", () => {
    expect(toRecord(withoutReference(tiny(), 61.23456, "openssl"))).toEqual({
      name: "tiny/one",
      value: 61.23,
      unit: "things/s",
      reference: null,
      ratio: null,
      target: 0.5,
      met: null,
      why: "openssl が見つからないため比較していません / openssl is not installed, so there is nothing to compare with",
    });
  });
});

import { describe, expect, it } from "vitest";
import { type ScenarioMeta, toRecord } from "./meta.ts";

const META: ScenarioMeta = {
  title: { ja: "題", en: "title" },
  system: "card",
  source: "ISO/IEC 7816-4",
  effect: "read-only",
};

describe("toRecord", () => {
  it("fills in what a scenario leaves out", () => {
    expect(toRecord("CR-01", META)).toEqual({
      id: "CR-01",
      version: 1,
      title: { ja: "題", en: "title" },
      system: "card",
      source: "ISO/IEC 7816-4",
      effect: "read-only",
      triesConsumed: {},
      needs: [],
      tags: [],
    });
  });

  it.each(["cr-01", "CR1", "CR-1", "CR-01 x", ""])("refuses the id %j", (id) => {
    expect(() => toRecord(id, META)).toThrow(expect.objectContaining({ code: "SCENARIO_INVALID" }));
  });

  it.each([
    { title: { ja: "", en: "title" } },
    { title: { ja: "題", en: "" } },
    { source: "" },
    { tries: { auth: 1 } },
  ])("refuses a row with %j", (part) => {
    expect(() => toRecord("CR-01", { ...META, ...part })).toThrow(
      expect.objectContaining({ code: "SCENARIO_INVALID" }),
    );
  });
});

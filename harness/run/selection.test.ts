import { describe, expect, it } from "vitest";
import { toRecord } from "../scenario/meta.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import { select } from "./selection.ts";

const entry = (id: string, file: string, tags: string[] = []): CatalogueEntry => ({
  ...toRecord(id, {
    title: { ja: "題", en: "title" },
    system: "card",
    source: "-",
    effect: "read-only",
    tags,
  }),
  file,
});

const CATALOGUE = [
  entry("CR-01", "/p/scenarios/card/pin.scenario.ts", ["pin"]),
  entry("CR-10", "/p/scenarios/card/session.scenario.ts"),
  entry("CRX-01", "/p/scenarios/x/x.scenario.ts"),
];

const ids = (...filters: string[]) =>
  select(CATALOGUE, { filters, folder: "/p" }).map(({ id }) => id);

describe("select", () => {
  it("takes everything when nothing is asked for", () => {
    expect(ids()).toEqual(["CR-01", "CR-10", "CRX-01"]);
  });

  it.each([
    [["CR-01"], ["CR-01"]],
    [["cr-01"], ["CR-01"]],
    [["CR"], ["CR-01", "CR-10"]],
    [["CR-1"], []],
    [["scenarios/card"], ["CR-01", "CR-10"]],
    [["scenarios/x/x.scenario.ts"], ["CRX-01"]],
    [
      ["CR-01", "CRX"],
      ["CR-01", "CRX-01"],
    ],
  ])("%j selects %j", (filters, expected) => {
    if (expected.length > 0) expect(ids(...filters)).toEqual(expected);
    else
      expect(() => ids(...filters)).toThrow(expect.objectContaining({ code: "SCENARIO_UNKNOWN" }));
  });

  it("refuses the whole when one filter fits nothing", () => {
    expect(() => ids("CR-01", "XX-99")).toThrow(/XX-99/);
  });

  it("selects by tag", () => {
    const tagged = select(CATALOGUE, { filters: [], tag: "pin", folder: "/p" });
    expect(tagged.map(({ id }) => id)).toEqual(["CR-01"]);
    expect(() => select(CATALOGUE, { filters: [], tag: "none", folder: "/p" })).toThrow(
      expect.objectContaining({ code: "SCENARIO_UNKNOWN" }),
    );
  });
});

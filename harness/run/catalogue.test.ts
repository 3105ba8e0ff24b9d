import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../config/load.ts";
import { type CatalogueEntry, readCatalogue } from "./catalogue.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** May grow and never shrink: what a vendor's reports of other years name has to be found. */
const KNOWN = [
  ...numbered("CR", [1, 2, 3, 4, 5, 6, 7, 25, 27, 29, 30]),
  ...numbered(
    "DA",
    Array.from({ length: 20 }, (_, i) => i + 1),
  ),
  ...numbered("LA", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  ...numbered(
    "MK",
    Array.from({ length: 21 }, (_, i) => i + 1),
  ),
  ...numbered(
    "PK",
    Array.from({ length: 32 }, (_, i) => i + 1),
  ),
  ...numbered(
    "RP",
    Array.from({ length: 12 }, (_, i) => i + 1),
  ),
  ...numbered("XS", [1]),
];

/** Words that mean something in this house only; a source has to be one a vendor can look up. */
const INTERNAL = /-facts|glossary|architecture\.md/i;

let entries: readonly CatalogueEntry[];

beforeAll(async () => {
  entries = await readCatalogue(await loadConfig(ROOT));
}, 120_000);

describe("the catalogue", () => {
  it("has each id once", () => {
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("has every scenario it ever had", () => {
    const ids = new Set(entries.map(({ id }) => id));
    expect(KNOWN.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("tells what each is about, in both languages", () => {
    const mute = entries.filter(
      ({ title }) => !/[ぁ-ん]/.test(title.ja) || !/[a-z]/.test(title.en) || title.ja === title.en,
    );
    expect(idsOf(mute)).toEqual([]);
  });

  it("names a source that can be looked up", () => {
    const sourceless = entries.filter(({ source }) => !source.trim() || INTERNAL.test(source));
    expect(idsOf(sourceless)).toEqual([]);
  });

  it("declares effects that fit the tries that are spent", () => {
    const wrong = entries.filter(
      ({ effect, triesConsumed }) =>
        effect === "read-only" && Object.values(triesConsumed).some((tries) => tries > 0),
    );
    expect(idsOf(wrong)).toEqual([]);
  });

  it("needs the simulated world wherever a CA or platform takes part", () => {
    const worldless = entries.filter(
      ({ system, needs }) => system !== "card" && !needs.includes("lab"),
    );
    expect(idsOf(worldless)).toEqual([]);
  });
});

function idsOf(some: readonly CatalogueEntry[]): string[] {
  return some.map(({ id }) => id);
}

function numbered(prefix: string, numbers: readonly number[]): string[] {
  return numbers.map((n) => `${prefix}-${String(n).padStart(2, "0")}`);
}

import { expect, it } from "vitest";
import { columns } from "../../reports/text/width.ts";
import { comparison, failure, withoutReference } from "./result.ts";
import { benchmarkTable } from "./table.ts";
import { tiny } from "./testing/tiny.ts";

const RESULTS = [
  comparison(tiny({ name: "tiny/met" }), 8765.4321, 10000),
  comparison(tiny({ name: "tiny/missed" }), 1, 1000),
  withoutReference(tiny({ name: "tiny/alone" }), 60, "openssl"),
  failure(tiny({ name: "tiny/broken" }), "out of paper"),
];

/** The lines with figures; those below each say what they are of. */
const rowsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("tiny/"));

it("has one row a result with its verdict, in English", () => {
  const rows = rowsOf(benchmarkTable(RESULTS, "en")).map((row) => row.split(/ {2,}/));
  expect(rows).toEqual([
    ["tiny/met", "8,765 things/s", "10,000 things/s", "0.88", "≥ 0.50", "met"],
    ["tiny/missed", "1 things/s", "1,000 things/s", "0.0010", "≥ 0.50", "missed"],
    ["tiny/alone", "60 things/s", "–", "–", "≥ 0.50", "–"],
    ["tiny/broken", "–", "–", "–", "≥ 0.50", "missed"],
  ]);
});

it("stands straight in both languages", () => {
  for (const language of ["ja", "en"] as const) {
    const lines = benchmarkTable(RESULTS, language);
    const widths = [...rowsOf(lines), ...lines.slice(0, 2)].map(columns);
    expect(new Set(widths).size).toBe(1);
  }
});

it("says in Japanese what was measured against what, and why there is no verdict", () => {
  const text = benchmarkTable(RESULTS, "ja").join("\n");
  expect(text).toContain("小さな測定 — 比較対象: もっと小さな測定");
  expect(text).toContain("openssl が見つからないため比較していません");
  expect(text).toContain("測定に失敗: out of paper");
  expect(text).toMatch(/tiny\/met .*達成/);
  expect(text).toMatch(/tiny\/missed .*未達/);
});

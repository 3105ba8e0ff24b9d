import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { comparedRun } from "../testing/compared.ts";
import { compareRuns } from "./comparison.ts";
import { comparisonPage } from "./page.ts";

const DIFFERENT = compareRuns([
  comparedRun("<in-process>", {
    "CR-01": { verdict: "passed", said: [["VERIFY PIN", "63C2", 0.1]] },
  }),
  comparedRun("PN532", {
    "CR-01": { verdict: "passed", said: [["VERIFY PIN", "6984", 10]] },
    "CR-02": { verdict: "skipped", reason: "no field & no air" },
  }),
]);

function page(comparison = DIFFERENT): string {
  return [...comparisonPage(comparison, "ja")].join("");
}

it("shows the first difference, and why a reader did not run something", () => {
  const text = page();

  expect(text).toContain("VERIFY PIN → 63C2");
  expect(text).toContain("VERIFY PIN → 6984");
  expect(text).toContain("no field &#38; no air");
});

it("draws a mark for each reader where its median stands on the logarithmic scale", () => {
  const centres = [...page().matchAll(/<circle cx="([\d.]+)" cy/g)].map(([, x]) => Number(x));
  const ticks = [...page().matchAll(/class="tick" x="([\d.]+)"/g)].map(([, x]) => Number(x));

  // The scale goes from 0.1 ms to 10 ms, the medians of the two; the second reader has a diamond.
  expect(ticks).toHaveLength(3);
  expect(centres).toContain(ticks[0]);
  expect(page()).toContain(`M${ticks[2]} `);
});

it("lets no label become markup, and nothing but its own style act", () => {
  const text = page();
  const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(text) ?? [];
  const hash = createHash("sha256").update(style, "utf8").digest("base64");

  expect(text).not.toContain("<in-process>");
  expect(text).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`);
  expect(text).not.toContain("<script");
});

it("has no empty picture when no command was answered", () => {
  const silent = compareRuns([comparedRun("one", { "CR-01": { verdict: "passed" } })]);

  expect(page(silent)).not.toContain("<figure");
});

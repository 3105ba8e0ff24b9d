import { expect, it } from "vitest";
import { summarize } from "../journal/summarize.ts";
import type { RunSummary } from "../journal/summary.ts";
import { sampleRun } from "../testing/sample.ts";
import { remarks } from "./remarks.ts";

const [run] = summarize(sampleRun()).runs;
const WHOLE: RunSummary = {
  conclusion: "passed",
  counts: { total: 1, passed: 1, failed: 0, skipped: 0, interrupted: 0 },
  flaky: 0,
  notRun: 0,
  runs: run === undefined ? [] : [{ ...run, interrupted: false }],
  systems: [],
  scenarios: [],
};

it("says nothing about a run that lacks nothing", () => {
  expect(remarks(WHOLE)).toEqual([]);
});

it("names everything that is missing, in both languages", () => {
  const summary: RunSummary = {
    ...WHOLE,
    counts: { total: 4, passed: 0, failed: 1, skipped: 0, interrupted: 3 },
    flaky: 2,
    notRun: 5,
    runs: WHOLE.runs.map((one) => ({ ...one, interrupted: true, missingShards: [2, 3] })),
    truncated: { line: 17, bytes: 4 },
  };

  const found = remarks(summary);

  expect(found.map(({ ja }) => ja)).toEqual([
    "記録の最後の行(17行目)が途中で切れています。",
    "実行が途中で終わっています。",
    "分割実行のうち 2, 3 番の記録がありません。",
    "計画した試験のうち5件が未実施です。",
    "3件の試験は判定に至っていません。",
    "2件は再試行で合格しました。",
    "合格した試験がありません。",
  ]);
  expect(found.every(({ en }) => /^[\x20-\x7e]+$/.test(en))).toBe(true);
});

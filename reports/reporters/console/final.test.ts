import { expect, it } from "vitest";
import { summarize } from "../../journal/summarize.ts";
import { sampleRun } from "../../testing/sample.ts";
import { columns } from "../../text/width.ts";
import { finalConsole } from "./final.ts";

const summary = summarize(sampleRun());
const reports = [
  { name: "html", path: "bench-out/report.html" },
  { name: "junit", path: "bench-out/junit.xml" },
];

it("ends with figures, what did not pass, what is missing, and the reports", () => {
  const lines = finalConsole(summary, { lang: "ja", reports });

  expect(lines.slice(3, 12)).toEqual([
    "個人番号カード                     2       0         0     0     2     21 ms",
    "公的個人認証サービス               3       1         0     0     4    274 ms",
    "かざし利用                         1       0         0     0     1    1.32 s",
    "地方認証プラットフォーム           0       0         0     1     1      0 ms",
    "マイキープラットフォーム 類型②     1       0         0     0     1     91 ms",
    "カードリーダー                     0       0         1     0     1      0 ms",
    "─".repeat(76),
    "合計                               7       1         1     1    10    1.71 s",
    "",
  ]);
  expect(lines.slice(12)).toEqual([
    "✗ JK-03 利用者証明用PINの誤りで残り回数が減る CARD_PIN_WRONG",
    "! LA-02 CRL方式で失効を確認する",
    "",
    "判定: 不合格あり",
    "乱数シード: 20261121",
    "! 実行が途中で終わっています。",
    "! 計画した試験のうち1件が未実施です。",
    "! 1件の試験は判定に至っていません。",
    "! 1件は再試行で合格しました。",
    "報告書:",
    "  html   bench-out/report.html",
    "  junit  bench-out/junit.xml",
  ]);
});

it.each(["ja", "en"] as const)("keeps the columns of the table straight in %s", (lang) => {
  const table = finalConsole(summary, { lang }).slice(1, 11);

  expect(new Set(table.map(columns))).toHaveLength(1);
});

it("colours the verdict when asked", () => {
  const lines = finalConsole(summary, { lang: "en", color: true });

  expect(lines.join("\n")).toContain("\u001b[31m\u001b[1mFailures found");
});

it("makes a table of nothing", () => {
  const lines = finalConsole(summarize([]), { lang: "en" });

  expect(lines).toContain("Verdict: Incomplete");
  expect(lines).toContain("! No scenario passed.");
});

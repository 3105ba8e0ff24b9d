/** The results as a table that stands straight in both languages. */
import type { Bilingual } from "../../reports/index.ts";
import type { Language } from "../../reports/text/language.ts";
import { columns, padEnd, padStart } from "../../reports/text/width.ts";
import type { BenchmarkResult } from "./result.ts";

const HEADS: readonly Bilingual[] = [
  { ja: "ベンチマーク", en: "Benchmark" },
  { ja: "測定値", en: "Value" },
  { ja: "比較対象", en: "Reference" },
  { ja: "比", en: "Ratio" },
  { ja: "目標", en: "Target" },
  { ja: "判定", en: "Verdict" },
];

const MET: Bilingual = { ja: "達成", en: "met" };
const MISSED: Bilingual = { ja: "未達", en: "missed" };
const AGAINST: Bilingual = { ja: "比較対象", en: "against" };
const EXPLANATION: Bilingual = {
  ja: "比は、同じ実行の中で測った比較対象に対する速さです（1で同じ速さ）。",
  en: "A ratio is the speed relative to the reference measured in the same run (1 is as fast).",
};

/** Lines of text; each result has one with figures and one that says what they are of. */
export function benchmarkTable(results: readonly BenchmarkResult[], language: Language): string[] {
  const rows = results.map((result) => cells(result, language));
  const widths = HEADS.map((head, column) =>
    Math.max(columns(head[language]), ...rows.map((row) => columns(row[column] ?? ""))),
  );
  const head = aligned(
    HEADS.map((text) => text[language]),
    widths,
  );
  const body = results.flatMap((result, i) => [
    aligned(rows[i] ?? [], widths),
    ...remarks(result, language).map((remark) => `    ${remark}`),
  ]);
  return [head, "─".repeat(columns(head)), ...body, "", EXPLANATION[language]];
}

function cells(result: BenchmarkResult, language: Language): string[] {
  const { name, unit, value, reference, ratio, target, met } = result;
  return [
    name,
    value === null ? "–" : `${number(value)} ${unit}`,
    reference === null ? "–" : `${number(reference)} ${unit}`,
    ratio === null ? "–" : ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2),
    target === null ? "–" : `≥ ${target.toFixed(2)}`,
    met === null ? "–" : (met ? MET : MISSED)[language],
  ];
}

function remarks({ title, peer, why }: BenchmarkResult, language: Language): string[] {
  const what = `${title[language]} — ${AGAINST[language]}: ${peer[language]}`;
  return why === undefined ? [what] : [what, why[language]];
}

/** Names to the left, figures to the right. */
function aligned(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, i) => (i === 0 ? padEnd(cell, widths[i] ?? 0) : padStart(cell, widths[i] ?? 0)))
    .join("  ");
}

const figures = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

function number(value: number): string {
  return figures.format(value);
}

/** A comparison on a terminal: what differs first, then verdicts, then latencies. */
import { type Brush, brush } from "../reporters/console/brush.ts";
import type { ConsoleOptions } from "../reporters/console/live.ts";
import { aligned } from "../text/aligned.ts";
import { type Language, speaker } from "../text/language.ts";
import { visibleLine } from "../text/visible.ts";
import { columns, padEnd } from "../text/width.ts";
import { OUTCOMES, WORDS } from "../text/words.ts";
import { type Comparison, differs, type ScenarioRow } from "./comparison.ts";
import { COMPARE, latencyText, partingText } from "./words.ts";

export function comparisonConsole(
  comparison: Comparison,
  { lang, color = false }: ConsoleOptions,
): string[] {
  const paint = brush(color);
  const say = speaker(lang);
  const labels = comparison.columns.map(({ label }) => visibleLine(label));
  const differing = comparison.scenarios.filter(differs);
  const verdict = differing.length === 0 ? COMPARE.agree : COMPARE.differ(differing.length);
  return [
    paint(differing.length === 0 ? "green" : "red", say(verdict)),
    ...differing.flatMap((row) => differenceLines(row, labels, lang)),
    "",
    ...table([[say(WORDS.scenario), "", ...labels], ...verdictRows(comparison, lang)], 2, paint),
    "",
    ...table([[say(COMPARE.latency), ...labels], ...latencyRows(comparison)], 1, paint),
  ];
}

function differenceLines(row: ScenarioRow, labels: readonly string[], lang: Language): string[] {
  const head = `${visibleLine(row.scenario)} ${visibleLine(row.title[lang])}`;
  const width = Math.max(...labels.map(columns));
  const lines = row.cells.flatMap((cell, i) => {
    if (cell === undefined || cell.outcome === "skipped") return [];
    const verdict = `${OUTCOMES[cell.outcome].mark} ${cell.failure ?? ""}`.trimEnd();
    const answer = row.parting && partingText(row.parting, i)[lang];
    return [`  ${padEnd(labels[i] ?? "", width)}  ${visibleLine([verdict, answer].join("  "))}`];
  });
  return [head, ...lines];
}

function verdictRows({ scenarios }: Comparison, lang: Language): string[][] {
  return scenarios.map((row) => [
    visibleLine(row.scenario),
    visibleLine(row.title[lang]),
    ...row.cells.map((cell) => (cell === undefined ? "" : OUTCOMES[cell.outcome].mark)),
  ]);
}

function latencyRows({ commands }: Comparison): string[][] {
  return commands.map(({ command, latencies }) => [
    visibleLine(command),
    ...latencies.map((latency) => (latency === undefined ? "" : latencyText(latency))),
  ]);
}

/** The first row is the head. */
function table(rows: readonly (readonly string[])[], names: number, paint: Brush): string[] {
  const [head = "", ...lines] = aligned(rows, names);
  return [paint("dim", head), ...lines];
}

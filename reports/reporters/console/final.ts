/** The end of a run on a terminal: totals, what failed, what is missing, where the reports are. */
import { isBroken } from "../../journal/findings.ts";
import type { RunSummary } from "../../journal/summary.ts";
import { type Language, speaker } from "../../text/language.ts";
import { remarks } from "../../text/remarks.ts";
import { visibleLine } from "../../text/visible.ts";
import { columns, padEnd } from "../../text/width.ts";
import { CONCLUSIONS, OUTCOMES, WORDS } from "../../text/words.ts";
import { type Brush, brush, outcomeColor } from "./brush.ts";
import type { ConsoleOptions } from "./live.ts";
import { systemTable } from "./table.ts";

/** A report that was written, to be shown to the user. */
export interface ShownReport {
  readonly name: string;
  readonly path: string;
}

/** The end of a run: table by system, totals, what is missing, what failed, where the reports are. */
export function finalConsole(
  summary: RunSummary,
  { lang, color = false, reports = [] }: ConsoleOptions & { reports?: readonly ShownReport[] },
): string[] {
  const paint = brush(color);
  return [
    "",
    ...systemTable(summary, lang, paint),
    "",
    ...broken(summary, lang, paint),
    ...facts(summary, lang, paint),
    ...remarks(summary).map((remark) => paint("yellow", `! ${visibleLine(remark[lang])}`)),
    ...reportLines(reports, lang, paint),
  ];
}

function broken({ scenarios }: RunSummary, lang: Language, paint: Brush): string[] {
  const lines = scenarios.filter(isBroken).map(({ scenario, title, outcome, last }) => {
    const mark = paint(outcomeColor(outcome), OUTCOMES[outcome].mark);
    const code = paint("dim", visibleLine(last.failure?.code ?? ""));
    return `${mark} ${visibleLine(scenario)} ${visibleLine(title[lang])} ${code}`.trimEnd();
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

function facts({ conclusion, runs }: RunSummary, lang: Language, paint: Brush): string[] {
  const say = speaker(lang);
  const color = { passed: "green", failed: "red", incomplete: "yellow" } as const;
  const verdict = paint(color[conclusion], paint("bold", say(CONCLUSIONS[conclusion])));
  return [
    `${say(WORDS.verdict)}: ${verdict}`,
    ...runs.flatMap(({ seed }) =>
      seed === undefined ? [] : `${say(WORDS.seed)}: ${visibleLine(seed)}`,
    ),
  ];
}

function reportLines(reports: readonly ShownReport[], lang: Language, paint: Brush): string[] {
  if (reports.length === 0) return [];
  const width = Math.max(...reports.map(({ name }) => columns(name)));
  return [
    `${speaker(lang)(WORDS.reports)}:`,
    ...reports.map(({ name, path }) => `  ${paint("dim", padEnd(name, width))}  ${path}`),
  ];
}

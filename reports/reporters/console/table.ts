/** The summary by system as a table that stands straight in both languages. */
import type { Counts, RunSummary } from "../../journal/summary.ts";
import { duration } from "../../text/format.ts";
import { type Language, speaker } from "../../text/language.ts";
import { systemName } from "../../text/systems.ts";
import { columns, padEnd, padStart } from "../../text/width.ts";
import { OUTCOME_ORDER, OUTCOMES, WORDS } from "../../text/words.ts";
import type { Brush } from "./brush.ts";

export function systemTable(
  { systems, counts }: RunSummary,
  lang: Language,
  paint: Brush,
): string[] {
  const say = speaker(lang);
  const heads = [WORDS.system, ...OUTCOME_ORDER.map((outcome) => OUTCOMES[outcome])];
  const time = systems.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const rows = [
    [...heads, WORDS.total, WORDS.time].map(say),
    ...systems.map((row) => cells(say(systemName(row.system)), row.counts, row.milliseconds)),
    cells(say(WORDS.total), counts, time),
  ];
  const [head = "", ...lines] = aligned(rows);
  const rule = paint("dim", "─".repeat(columns(head)));
  return [paint("dim", head), rule, ...lines.slice(0, -1), rule, paint("bold", lines.at(-1) ?? "")];
}

function cells(name: string, counts: Counts, milliseconds: number): string[] {
  const figures = [...OUTCOME_ORDER.map((outcome) => counts[outcome]), counts.total];
  return [name, ...figures.map(String), duration(milliseconds)];
}

/** Names to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => columns(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? padEnd(cell, widths[i] ?? 0) : padStart(cell, widths[i] ?? 0)))
      .join("  "),
  );
}

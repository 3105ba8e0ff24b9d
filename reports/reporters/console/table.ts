/** The summary by system as a table that stands straight in both languages. */
import type { Counts, RunSummary } from "../../journal/summary.ts";
import { aligned } from "../../text/aligned.ts";
import { duration } from "../../text/format.ts";
import { type Language, speaker } from "../../text/language.ts";
import { systemName } from "../../text/systems.ts";
import { columns } from "../../text/width.ts";
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
  const [head = "", ...lines] = aligned(rows, 1);
  const rule = paint("dim", "─".repeat(columns(head)));
  return [paint("dim", head), rule, ...lines.slice(0, -1), rule, paint("bold", lines.at(-1) ?? "")];
}

function cells(name: string, counts: Counts, milliseconds: number): string[] {
  const figures = [...OUTCOME_ORDER.map((outcome) => counts[outcome]), counts.total];
  return [name, ...figures.map(String), duration(milliseconds)];
}

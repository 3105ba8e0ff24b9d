/** The sheet of steps: what each was, what came of it, and what was expected and seen there. */
import type { Bilingual } from "../../journal/events.ts";
import type { RunSummary, ScenarioSummary } from "../../journal/summary.ts";
import { exchangeLine } from "../../text/exchange-line.ts";
import { type Language, speaker } from "../../text/language.ts";
import { OUTCOMES, WORDS } from "../../text/words.ts";
import { rowsOf, type StepRow } from "./attempt-rows.ts";
import { number, seconds, text } from "./cells.ts";
import { BODY, COUNT, TIME, verdictLook } from "./look.ts";
import type { Column, Table } from "./table.ts";

export function stepTable({ scenarios }: RunSummary, lang: Language): Table<StepRow> {
  return {
    name: { ja: "手順", en: "Steps" },
    columns: [...stepColumns(lang), ...seenColumns(lang)],
    rows: rowsOfAll(scenarios),
    sticky: 2,
  };
}

function* rowsOfAll(scenarios: readonly ScenarioSummary[]): Generator<StepRow> {
  for (const scenario of scenarios) yield* rowsOf(scenario);
}

function stepColumns(lang: Language): Column<StepRow>[] {
  const say = speaker(lang);
  return [
    { head: { ja: "番号", en: "No." }, width: 7, cell: (_, row) => number(row, "0", COUNT) },
    {
      head: { ja: "ID", en: "ID" },
      width: 9,
      cell: ({ scenario }) => text(scenario.scenario, BODY),
    },
    {
      head: { ja: "試験項目", en: "Scenario" },
      width: 32,
      cell: ({ scenario }) => text(say(scenario.title), BODY),
    },
    {
      head: WORDS.attempt,
      width: 8,
      cell: ({ attempt }) => number(attempt.attempt, "0", COUNT),
    },
    {
      head: { ja: "手順", en: "Step" },
      width: 8,
      cell: ({ step }) => (step === undefined ? undefined : number(step.step, "0", COUNT)),
    },
    {
      head: { ja: "手順の内容", en: "What is done" },
      width: 38,
      cell: ({ attempt, step, depth }) =>
        text(say(step?.title ?? (attempt.steps.length === 0 ? STEPLESS : OUTSIDE)), {
          ...BODY,
          indent: depth,
        }),
    },
    {
      head: { ja: "結果", en: "Result" },
      width: 11,
      cell: ({ outcome }) =>
        outcome === undefined ? undefined : text(say(OUTCOMES[outcome]), verdictLook(outcome)),
    },
  ];
}

function seenColumns(lang: Language): Column<StepRow>[] {
  const filled = (lines: readonly string[]) =>
    lines.length === 0 ? undefined : text(lines.join("\n"), BODY);
  return [
    {
      head: WORDS.expected,
      width: 22,
      cell: ({ broken, attempt }) => filled(broken ? stated(attempt.failure?.expected) : []),
    },
    {
      head: { ja: "実際の値・内容", en: "Actual" },
      width: 34,
      cell: (row) => filled(row.broken ? wentWrong(row, lang) : []),
    },
    {
      head: WORDS.evidence,
      width: 34,
      cell: ({ evidence }) =>
        filled(evidence.map(({ label, value }) => `${label[lang]}: ${value}`)),
    },
    {
      head: { ja: "通信(最後の3件)", en: "Exchanges (the last 3)" },
      width: 48,
      cell: (row) => filled(lastExchanges(row, lang)),
    },
    {
      head: { ja: "所要時間(秒)", en: "Time (s)" },
      width: 10,
      cell: ({ step }) =>
        step?.milliseconds === undefined ? undefined : seconds(step.milliseconds, TIME),
    },
  ];
}

const STEPLESS: Bilingual = { ja: "(手順の記録なし)", en: "(no steps recorded)" };
const OUTSIDE: Bilingual = { ja: "(手順の外)", en: "(outside the steps)" };

function wentWrong({ attempt }: StepRow, lang: Language): string[] {
  const { failure, reason } = attempt;
  return [
    ...stated(failure?.actual),
    ...stated(failure?.code),
    ...stated(failure?.message),
    ...stated(reason?.[lang]),
  ];
}

function stated(fact: string | undefined): string[] {
  return fact === undefined ? [] : [fact];
}

const LAST = 3;

function lastExchanges({ exchanges }: StepRow, lang: Language): string[] {
  const before = exchanges.length - LAST;
  const omitted: Bilingual = { ja: `(前に${before}件)`, en: `(${before} before)` };
  const lines = exchanges.slice(-LAST).map((exchange) => short(exchangeLine(exchange)[lang]));
  return before > 0 ? [omitted[lang], ...lines] : lines;
}

/** An exchange by its beginning, which says what was asked, and its end, which says what came of it. */
function short(line: string): string {
  const characters = [...line];
  if (characters.length <= LONGEST_LINE) return line;
  return [...characters.slice(0, LONGEST_LINE - END), "…", ...characters.slice(-END)].join("");
}

const LONGEST_LINE = 90;
const END = 24;

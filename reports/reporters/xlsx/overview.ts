/** The first sheet: what the run came to, what it was, and how the other sheets are to be read. */
import type { CellObject } from "write-excel-file/node";
import type { Bilingual } from "../../journal/events.ts";
import type { RunSummary } from "../../journal/summary.ts";
import type { Language } from "../../text/language.ts";
import { remarks } from "../../text/remarks.ts";
import { CONCLUSIONS, WORDS } from "../../text/words.ts";
import type { RenderOptions } from "../reporter.ts";
import { blank, text, type WorkSheet } from "./cells.ts";
import { BODY, HEADING, NOTE, SUM, TITLE, verdictLook } from "./look.ts";
import { countRows } from "./overview-counts.ts";
import { type Fact, journalFacts, notRunFact, READING, runFacts } from "./overview-facts.ts";
import { heightOf } from "./row-height.ts";

type Row = (CellObject | null)[];

/** Widths in half-width characters: a column of names, and as many of figures as a value spans. */
const NAME_WIDTH = 30;
const FIGURE_WIDTH = 12;
const FIGURES = 6;

export function overviewSheet(summary: RunSummary, { lang, digest }: RenderOptions): WorkSheet {
  const pairs = (facts: readonly Fact[]) => facts.map((fact) => pair(fact, lang));
  const data: Row[] = [
    [text(TITLE_TEXT[lang], { ...TITLE, height: 32 })],
    conclusionRow(summary, lang),
    [],
    heading({ ja: "システム別の集計", en: "Results by system" }, lang),
    ...countRows(summary, lang),
    pair(notRunFact(summary), lang),
    [],
    ...remarkRows(summary, lang),
    heading({ ja: "記入欄", en: "To be filled in" }, lang),
    ...TO_FILL_IN.map((label) => pair({ label }, lang)),
    [],
    heading({ ja: "実施内容", en: "What was run" }, lang),
    ...summary.runs.flatMap((run) => pairs(runFacts(run, summary, lang))),
    [],
    heading({ ja: "証跡", en: "Evidence" }, lang),
    ...pairs(journalFacts(digest)),
    [],
    heading({ ja: "結果の読み方", en: "How to read the results" }, lang),
    ...pairs(READING),
  ];
  return {
    sheet: { ja: "概要", en: "Summary" }[lang],
    data,
    columns: [{ width: NAME_WIDTH }, ...Array.from({ length: FIGURES }, () => FIGURE)],
    showGridLines: false,
  };
}

const FIGURE = { width: FIGURE_WIDTH };

const TITLE_TEXT: Bilingual = { ja: "接続試験 結果報告書", en: "Connection Test Report" };

const TO_FILL_IN: readonly Bilingual[] = [
  { ja: "試験実施者", en: "Tested by" },
  { ja: "確認者", en: "Confirmed by" },
  { ja: "確認日", en: "Confirmed on" },
];

function conclusionRow({ conclusion }: RunSummary, lang: Language): Row {
  const outcome = conclusion === "incomplete" ? "interrupted" : conclusion;
  const look = { ...verdictLook(outcome), fontSize: 14, height: 28 };
  return spanning(WORDS.verdict[lang], text(CONCLUSIONS[conclusion][lang], look));
}

function remarkRows(summary: RunSummary, lang: Language): Row[] {
  const found = remarks(summary);
  if (found.length === 0) return [];
  const title = { ja: "この結果を読むときの注意", en: "Before relying on these figures" };
  return [
    heading(title, lang),
    ...found.map((remark) => [text(remark[lang], { ...NOTE, wrap: false })]),
    [],
  ];
}

function heading(words: Bilingual, lang: Language): Row {
  return [text(words[lang], { ...HEADING, wrap: false, height: 24 })];
}

function pair({ label, value }: Fact, lang: Language): Row {
  const cell = value === undefined ? blank(BODY) : "ja" in value ? text(value[lang], BODY) : value;
  return spanning(label[lang], cell);
}

function spanning(label: string, value: CellObject): Row {
  const height = heightOf(value, FIGURES * FIGURE_WIDTH);
  const rest = Array.from({ length: FIGURES - 1 }, () => null);
  return [text(label, SUM), { ...BODY, ...value, columnSpan: FIGURES, height }, ...rest];
}

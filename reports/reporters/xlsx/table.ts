/** A sheet that is one table: a row of headings that stays in sight, and a filter on each of them. */
import type { CellObject } from "write-excel-file/node";
import type { Bilingual } from "../../journal/events.ts";
import type { Language } from "../../text/language.ts";
import { blank, text, type WorkSheet } from "./cells.ts";
import { BODY, HEAD } from "./look.ts";
import { heightOf } from "./row-height.ts";

export interface Column<Row> {
  readonly head: Bilingual;
  /** In half-width characters. */
  readonly width: number;
  /** Nothing where there is nothing to say. */
  readonly cell: (row: Row, number: number) => CellObject | undefined;
}

export interface Table<Row> {
  readonly name: Bilingual;
  readonly columns: readonly Column<Row>[];
  readonly rows: Iterable<Row>;
  /** How many columns stay in sight. */
  readonly sticky: number;
}

/** Behind this Excel takes its time, and so does the making of the file. */
const MOST_ROWS = 50_000;

const BUTTON_WIDTH = 2;

/** A third of all cells: one will do for them. */
const EMPTY = blank(BODY);

export function tableSheet<Row>(table: Table<Row>, lang: Language): WorkSheet {
  const { name, columns, sticky } = table;
  return {
    sheet: name[lang],
    data: [headings(columns, lang), ...body(table, lang)],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: sticky,
  };
}

function headings<Row>(columns: readonly Column<Row>[], lang: Language): CellObject[] {
  // The button of the filter covers the end of a heading.
  const widths = columns.map(({ width }) => width - BUTTON_WIDTH);
  const cells = columns.map(({ head }) => text(head[lang], HEAD));
  return fitted(widths, cells);
}

function body<Row>({ columns, rows }: Table<Row>, lang: Language): CellObject[][] {
  const widths = columns.map(({ width }) => width);
  const shown: CellObject[][] = [];
  let left = 0;
  for (const row of rows) {
    const number = shown.length + 1;
    if (number > MOST_ROWS) {
      left += 1;
      continue;
    }
    const cells = columns.map(({ cell }) => cell(row, number) ?? EMPTY);
    shown.push(fitted(widths, cells));
  }
  return left === 0 ? shown : [...shown, [text(leftOut(left)[lang], HEAD)]];
}

/** The cells of a row, the first of which says how high it is. */
function fitted(widths: readonly number[], cells: readonly CellObject[]): CellObject[] {
  const [first, ...others] = cells;
  if (first === undefined) return [];
  const height = Math.max(...cells.map((cell, i) => heightOf(cell, widths[i] ?? 1)));
  return [{ ...first, height }, ...others];
}

function leftOut(rows: number): Bilingual {
  return {
    ja: `以下${rows}行は省略しました。すべては journal.ndjson にあります。`,
    en: `${rows} more rows are left out here; journal.ndjson has them all.`,
  };
}

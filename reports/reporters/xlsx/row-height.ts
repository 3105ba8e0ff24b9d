/**
 * How high a row must be for its text. Spreadsheet programs are not of one mind whether to find that
 * out when they open a file, and none does for cells that span several columns.
 */
import type { CellObject } from "write-excel-file/node";
import { columns } from "../../text/width.ts";

/**
 * In points. UNVERIFIED: what Excel gives a line of Yu Gothic of 10 points, which stands further apart
 * than other fonts; LibreOffice with Noto Sans CJK needs 15.
 */
const LINE_HEIGHT = 17;
/** Excel knows no higher row. */
const HIGHEST = 409;

/** The height for `cell` where it is `width` half-width characters wide. */
export function heightOf({ value, type, height = 0 }: CellObject, width: number): number {
  const lines = type === String ? linesOf(String(value ?? ""), width) : 1;
  return Math.min(HIGHEST, Math.max(height, lines * LINE_HEIGHT));
}

function linesOf(value: string, width: number): number {
  return value.split("\n").reduce((sum, line) => sum + wrapped(line, width), 0);
}

/** Lines that one line of text takes, broken behind words and between wide characters. */
function wrapped(line: string, width: number): number {
  let lines = 1;
  let filled = 0;
  for (const [piece] of line.matchAll(PIECES)) {
    const size = columns(piece) * (NARROW.test(piece) ? LATIN_WIDTH : 1);
    if (filled > 0 && filled + size > width) {
      lines += 1;
      filled = 0;
    }
    // A word that no line has room for is broken anywhere.
    lines += Math.max(0, Math.ceil(size / width) - 1);
    filled += size > width ? size % width : size;
  }
  return lines;
}

const PIECES = /[!-~]+ *|[^!-~]/gu;
const NARROW = /^[!-~]/;
/** Columns are as wide as figures; letters are wider, capitals most of all. */
const LATIN_WIDTH = 1.1;

/** What a person reads in a sheet, row by row: `undefined` where a cell is empty. */
import type { CellObject } from "write-excel-file/node";
import type { WorkSheet } from "../cells.ts";

type Value = CellObject["value"];

export function valuesOf({ data }: WorkSheet): Value[][] {
  return data.map((row) => row.map((cell) => read(cell as CellObject | null)));
}

function read(cell: CellObject | null): Value {
  return cell?.value === "" ? undefined : cell?.value;
}

/** The rows of a table below its headings, each by the words of its headings. */
export function recordsOf(sheet: WorkSheet): Record<string, Value>[] {
  const [heads = [], ...rows] = valuesOf(sheet);
  return rows.map((row) => Object.fromEntries(heads.map((head, i) => [String(head), row[i]])));
}

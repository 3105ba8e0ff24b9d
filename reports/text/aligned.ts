/** Rows of text as a table that stands straight, Japanese or not. */
import { columns, padEnd, padStart } from "./width.ts";

/** @param names how many columns stand to the left; the others hold figures, and stand to the right */
export function aligned(rows: readonly (readonly string[])[], names: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => columns(row[column] ?? ""))),
  );
  return rows.map((row) => {
    const cells = row.map((cell, i) =>
      i < names ? padEnd(cell, widths[i] ?? 0) : padStart(cell, widths[i] ?? 0),
    );
    return cells.join("  ").trimEnd();
  });
}

import { expect, it } from "vitest";
import { number, text } from "./cells.ts";
import { type Column, tableSheet } from "./table.ts";
import { valuesOf } from "./testing/values.ts";

const COLUMNS: readonly Column<string>[] = [
  { head: { ja: "番号", en: "No." }, width: 7, cell: (_, row) => number(row) },
  { head: { ja: "内容", en: "Text" }, width: 10, cell: (row) => (row ? text(row) : undefined) },
];

function sheetOf(rows: Iterable<string>) {
  return tableSheet({ name: { ja: "表", en: "Table" }, columns: COLUMNS, rows, sticky: 1 }, "ja");
}

it("has headings, numbered rows and room where there is nothing to say", () => {
  const sheet = sheetOf(["甲", ""]);

  expect(valuesOf(sheet)).toEqual([
    ["番号", "内容"],
    [1, "甲"],
    [2, undefined],
  ]);
  expect(sheet).toMatchObject({ sheet: "表", stickyRowsCount: 1, stickyColumnsCount: 1 });
  expect(sheet.columns).toEqual([{ width: 7 }, { width: 10 }]);
});

it("makes a row as high as its highest cell", () => {
  const { data } = sheetOf(["一\n二\n三"]);

  expect(Object(data[1]?.[0]).height).toBe(51);
});

it("says how much it leaves out of what is too much", () => {
  function* many() {
    for (let row = 0; row < 50_003; row += 1) yield "行";
  }

  const rows = valuesOf(sheetOf(many()));

  expect(rows).toHaveLength(1 + 50_000 + 1);
  expect(rows.at(-2)).toEqual([50_000, "行"]);
  expect(rows.at(-1)).toEqual(["以下3行は省略しました。すべては journal.ndjson にあります。"]);
});

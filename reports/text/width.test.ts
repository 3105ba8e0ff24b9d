import { expect, it } from "vitest";
import { columns, padEnd, padStart } from "./width.ts";

it.each([
  ["PIN", 3],
  ["個人番号カード", 14],
  ["ｶｰﾄﾞ", 4],
  ["（A）", 5],
  ["𠮷", 2],
  ["か\u3099", 2],
  ["類型②", 5],
  ["✓", 1],
  ["", 0],
])("%s takes %i columns", (text, width) => {
  expect(columns(text)).toBe(width);
});

it("fills up by columns, and never cuts", () => {
  expect([padEnd("合格", 6), padStart("12", 6), padEnd("不合格", 2)]).toEqual([
    "合格  ",
    "    12",
    "不合格",
  ]);
});

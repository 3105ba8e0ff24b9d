import { expect, it } from "vitest";
import { number, text } from "./cells.ts";
import { heightOf } from "./row-height.ts";

it.each([
  ["", 1],
  ["一行", 1],
  ["一\n二\n\n四", 4],
  ["個人番号カード", 2],
  ["one two three four", 3],
  ["SCARD_E_READER_UNAVAILABLE", 3],
])("%j takes %i lines of ten columns", (value, lines) => {
  expect(heightOf(text(value), 10)).toBe(17 * lines);
});

it("is what the cell itself asks for where that is more, and never more than Excel knows", () => {
  expect(heightOf(text("a", { height: 32 }), 10)).toBe(32);
  expect(heightOf(number(1), 10)).toBe(17);
  expect(heightOf(text("\n".repeat(100)), 10)).toBe(409);
});

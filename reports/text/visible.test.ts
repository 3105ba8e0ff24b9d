import { expect, it } from "vitest";
import { visible, visibleLine } from "./visible.ts";

it.each([
  ["escape sequences", "\u001b[31mred", "␛[31mred"],
  ["null and delete", "\u0000\u007f", "␀␡"],
  ["control characters without a picture", "\u0085", "‹U+0085›"],
  ["carriage return", "a\r\nb", "a␍\nb"],
  ["direction marks", "a\u202eb\u2066", "a‹U+202E›b‹U+2066›"],
  ["line separators of Unicode", "\u2028", "‹U+2028›"],
  ["lone surrogates", "\ud800x", "‹U+D800›x"],
  ["what is no character", "\ufffe\uffff", "‹U+FFFE›‹U+FFFF›"],
])("shows %s", (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

it("leaves text as people write it alone", () => {
  const text = "個人番号カード\t①\n𠮷野家 😀 «é» –";

  expect(visible(text)).toBe(text);
});

it("makes one line of several", () => {
  expect(visibleLine("one\r\ntwo\n\tthree\u0007")).toBe("one two  three␇");
});

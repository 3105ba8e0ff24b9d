import { describe, expect, it } from "vitest";
import { moment, number, seconds, text } from "./cells.ts";

describe("text", () => {
  it.each(["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "0012", "2026-11-21"])(
    "%j is nothing but text",
    (value) => {
      expect(text(value)).toMatchObject({ type: String, format: "@" });
    },
  );

  it("shows what is hidden, and keeps its lines", () => {
    expect(text("a\u0000b\u202e\r\nc").value).toBe("a␀b‹U+202E›␍\nc");
  });

  it.each([
    ["_x0041_", "_x005F_x0041_"],
    ["_x004_ _X0041_", "_x004_ _X0041_"],
    ["constructor", "_x0063_onstructor"],
    ["a constructor", "a constructor"],
  ])("%s is not read as anything else", (value, written) => {
    expect(text(value).value).toBe(written);
  });

  it("is cut before a cell has more than it can hold, never within a character", () => {
    const { value } = text("𠮷".repeat(40_000));

    expect(value).toBe(`${"𠮷".repeat(4000)}…`);
    expect(String(text("_x0041_".repeat(9000)).value).length).toBeLessThan(32_768);
  });
});

describe("a moment", () => {
  it("is a date in Japanese time", () => {
    const cell = moment("2026-12-31T15:00:00.500Z", "ja");

    expect(cell).toMatchObject({ type: Date, format: "yyyy/mm/dd hh:mm:ss" });
    expect(cell.value).toEqual(new Date("2027-01-01T00:00:00.500Z"));
  });
});

it("numbers are numbers", () => {
  expect(number(3)).toMatchObject({ value: 3, type: Number, format: "0" });
  expect(seconds(1234.6)).toMatchObject({ value: 1.235, type: Number, format: "0.000" });
});

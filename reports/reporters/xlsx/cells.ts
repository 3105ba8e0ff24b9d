/**
 * The cells of a workbook (ECMA-376 Part 1, section 18.3: SpreadsheetML). Recorded text has the format
 * `@`: it is never taken for a formula, a number or a date, not even when somebody edits its cell.
 */
import type { CellObject, Image, Sheet } from "write-excel-file/node";
import { JST_OFFSET } from "../../text/format.ts";
import type { Language } from "../../text/language.ts";
import { visible } from "../../text/visible.ts";

/** Rows of cells, and how they are shown. */
export type WorkSheet = Sheet<Image["content"]>;

/** How a cell looks. */
export type Look = Omit<CellObject, "value" | "type" | "format">;

/** A cell holds 32,767 characters at most, and nobody reads as many in one. */
const LONGEST_TEXT = 4000;

const PLAIN: Look = { wrap: true, alignVertical: "top" };

export function text(value: string, look: Look = {}): CellObject {
  return { ...PLAIN, ...look, value: literal(value), type: String, format: "@" };
}

/** A count; anything else says its format, for example `0.000`. */
export function number(value: number, format = "0", look: Look = {}): CellObject {
  return { ...PLAIN, ...look, value, type: Number, format };
}

/** Seconds, to the millisecond. */
export function seconds(milliseconds: number, look: Look = {}): CellObject {
  return number(Math.round(milliseconds) / 1000, "0.000", look);
}

/**
 * A moment (ISO 8601 UTC) as a date Excel can sort and filter by. Such a date knows no time zone: it
 * is Japanese time, and its heading has to say so.
 */
export function moment(at: string, lang: Language, look: Look = {}): CellObject {
  const format = lang === "ja" ? "yyyy/mm/dd hh:mm:ss" : "yyyy-mm-dd hh:mm:ss";
  const value = new Date(Date.parse(at) + JST_OFFSET);
  return { ...PLAIN, align: "left", ...look, value, type: Date, format };
}

/** A cell for people to write into. */
export function blank(look: Look = {}): CellObject {
  return text("", look);
}

function literal(value: string): string {
  // A character that has to be made visible takes up to eight; the rest is cut anyway.
  const shown = visible(value.slice(0, 2 * LONGEST_TEXT));
  return escaped(shown.length > LONGEST_TEXT ? shortened(shown) : shown);
}

function shortened(shown: string): string {
  return `${[...shown.slice(0, 2 * LONGEST_TEXT)].slice(0, LONGEST_TEXT).join("")}…`;
}

/**
 * Excel reads `_x0041_` as `A` (ECMA-376 Part 1, section 22.9.2.19, ST_Xstring): text of that form
 * stays what it is. By the same means a text that names a member of every object, as `constructor`
 * does, is written otherwise: write-excel-file 4.1.1 looks texts up in a plain object.
 */
function escaped(shown: string): string {
  if (shown in {}) return codeUnit(shown) + shown.slice(1);
  return shown.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, codeUnit);
}

function codeUnit(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}

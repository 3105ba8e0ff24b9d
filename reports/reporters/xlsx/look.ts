/** How the workbook looks: few colours, and never a colour without the word beside it. */
import type { Outcome } from "../../journal/summary.ts";
import { LIGHT } from "../html/palette.ts";
import type { Look } from "./cells.ts";

const LINES: Look = { borderStyle: "thin", borderColor: LIGHT.rule };

export const TITLE: Look = { fontSize: 18, fontWeight: "bold", wrap: false };
export const HEADING: Look = { fontSize: 12, fontWeight: "bold", textColor: LIGHT.accent };
export const HEAD: Look = {
  ...LINES,
  fontWeight: "bold",
  backgroundColor: LIGHT.desk,
  alignVertical: "center",
};
export const BODY: Look = LINES;
/** A figure beside text. */
export const COUNT: Look = { ...LINES, align: "center" };
export const TIME: Look = { ...LINES, align: "right", indent: 1 };
export const SUM: Look = { ...LINES, fontWeight: "bold" };
export const NOTE: Look = { textColor: LIGHT.quiet };

/** A verdict: the colour says again what the word says. */
export function verdictLook(outcome: Outcome): Look {
  return { ...LINES, fontWeight: "bold", textColor: LIGHT[outcome] };
}

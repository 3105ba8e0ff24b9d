/** Colour on a terminal, or none. */
import { styleText } from "node:util";
import type { Outcome } from "../../journal/summary.ts";

export type Color = "green" | "red" | "yellow" | "magenta" | "dim" | "bold";
export type Brush = (color: Color, text: string) => string;

export function brush(color: boolean): Brush {
  if (!color) return (_, text) => text;
  // Whoever asked for colour has looked at the stream already.
  return (style, text) => (text === "" ? "" : styleText(style, text, { validateStream: false }));
}

const COLORS: Readonly<Record<Outcome, Color>> = {
  passed: "green",
  failed: "red",
  skipped: "yellow",
  interrupted: "magenta",
};

export function outcomeColor(outcome: Outcome): Color {
  return COLORS[outcome];
}

/**
 * The colours of the page, for paper and for a dark screen. Every colour of text keeps a contrast of
 * at least 4.5 to every ground it stands on (WCAG 2.2, 1.4.3); a test computes it.
 */

export interface Palette {
  /** Grounds: around the sheet, the sheet, a quiet area on it. */
  readonly desk: string;
  readonly sheet: string;
  readonly tint: string;
  /** Text, and text that matters less. */
  readonly ink: string;
  readonly quiet: string;
  readonly accent: string;
  /** Lines. */
  readonly rule: string;
  readonly strong: string;
  readonly passed: string;
  readonly failed: string;
  readonly skipped: string;
  readonly interrupted: string;
}

export const LIGHT: Palette = {
  desk: "#eceae4",
  sheet: "#ffffff",
  tint: "#f6f4ee",
  ink: "#1b1d20",
  quiet: "#595c61",
  accent: "#1f3f6b",
  rule: "#d3cfc5",
  strong: "#4a4d52",
  passed: "#19653a",
  failed: "#a8231b",
  skipped: "#5a5d63",
  interrupted: "#854800",
};

export const DARK: Palette = {
  desk: "#0e1012",
  sheet: "#17191c",
  tint: "#1f2226",
  ink: "#e7e5e0",
  quiet: "#a6a9ae",
  accent: "#a3bfe8",
  rule: "#363a3f",
  strong: "#8b8f95",
  passed: "#7fcb9b",
  failed: "#ff9d92",
  skipped: "#b3b6ba",
  interrupted: "#eeb76b",
};

/** As custom properties of CSS: `--ink: #1b1d20; ...`. */
export function customProperties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(" ");
}

import { describe, expect, it } from "vitest";
import { DARK, LIGHT, type Palette } from "./palette.ts";

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = ["ink", "quiet", "accent", "passed", "failed", "skipped", "interrupted"] as const;
const GROUNDS = ["sheet", "tint"] as const;

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("on a %s screen", (_, palette: Palette) => {
  it.each(TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))(
    "%s can be read on %s",
    (text, ground) => {
      expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it("the edges of controls can be seen", () => {
    expect(contrast(palette.strong, palette.sheet)).toBeGreaterThanOrEqual(3);
  });
});

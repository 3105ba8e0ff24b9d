import { describe, expect, it } from "vitest";
import { drawDigits, drawText } from "./lettering.ts";
import type { Bitmap } from "./png.ts";

function shown({ width, rows }: Bitmap): string {
  const white = (row: Uint8Array, x: number) => ((row[x >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0;
  const line = (row: Uint8Array) =>
    Array.from({ length: width }, (_, x) => (white(row, x) ? "." : "#")).join("");
  return rows.map(line).join("\n");
}

describe("lettering of the card face", () => {
  it("draws digits of 6 by 12 pixels", () => {
    expect(shown(drawDigits("17"))).toBe(
      [
        "............",
        "............",
        "..#...#####.",
        ".##.......#.",
        "..#......#..",
        "..#.....#...",
        "..#....#....",
        "..#....#....",
        ".###...#....",
        "............",
        "............",
        "............",
      ].join("\n"),
    );
  });

  it("draws a character as a frame that shows its code", () => {
    // U+8001: the first and the last of sixteen cells
    const rows = shown(drawText("\u8001")).split("\n");
    expect(rows).toHaveLength(16);
    expect(rows[0]).toBe("##############..");
    expect(rows[1]).toBe("####.........#..");
    expect(rows[12]).toBe("#.........####..");
    expect(rows[14]).toBe("................");
  });

  it("leaves the space between names blank and breaks lines after twenty", () => {
    expect(shown(drawText("\u3000"))).not.toContain("#");
    const page = drawText("あ".repeat(21));
    expect(page.rows).toHaveLength(32);
    expect(page.width).toBe(320);
    expect(shown(drawText("あ"))).not.toBe(shown(drawText("い")));
  });
});

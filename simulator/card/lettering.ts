/**
 * Pictures of text for the card face: digits in a small font, every other character as a box that
 * shows its code (card-facts 5.4: the visual application holds pictures, never text).
 *
 * UNVERIFIED: the sizes of the name and address pictures; a digit of 6 by 12 pixels gives the two
 * sizes that are known, 72 by 12 for the 個人番号 and 24 by 12 for the security code.
 */
import type { Bitmap } from "./png.ts";

const DIGIT_WIDTH = 6;
const DIGIT_HEIGHT = 12;
const DIGIT_TOP = 2;
/** Five columns a row, seven rows, highest bit left. */
const DIGITS: readonly (readonly number[])[] = [
  [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e],
  [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e],
  [0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f],
  [0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e],
  [0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02],
  [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e],
  [0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e],
  [0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08],
  [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e],
  [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c],
];

const BOX = 16;
const BOXES_A_LINE = 20;
const SPACE = 0x3000;

/** Digits in one line, 6 by 12 pixels each. */
export function drawDigits(text: string): Bitmap {
  return picture(text.length * DIGIT_WIDTH, DIGIT_HEIGHT, (x, y) => {
    const glyph = DIGITS[Number(text[Math.floor(x / DIGIT_WIDTH)])];
    const row = glyph?.[y - DIGIT_TOP] ?? 0;
    return ((row << 1) & (0x20 >> (x % DIGIT_WIDTH))) !== 0;
  });
}

/** Any text, 16 by 16 pixels a character, in lines of twenty. */
export function drawText(text: string): Bitmap {
  const characters = [...text].map((character) => character.codePointAt(0) ?? SPACE);
  const columns = Math.min(Math.max(characters.length, 1), BOXES_A_LINE);
  const lines = Math.max(Math.ceil(characters.length / BOXES_A_LINE), 1);
  return picture(columns * BOX, lines * BOX, (x, y) => {
    const place = Math.floor(y / BOX) * BOXES_A_LINE + Math.floor(x / BOX);
    return inBox(characters[place] ?? SPACE, x % BOX, y % BOX);
  });
}

/** A frame with four by four cells of three pixels: the low sixteen bits of the code, highest first. */
function inBox(code: number, x: number, y: number): boolean {
  if (code === SPACE || Math.max(x, y) > 13) return false;
  if (Math.min(x, y) === 0 || Math.max(x, y) === 13) return true;
  const cell = 4 * Math.floor((y - 1) / 3) + Math.floor((x - 1) / 3);
  return (code & (0x8000 >> cell)) !== 0;
}

function picture(width: number, height: number, black: (x: number, y: number) => boolean): Bitmap {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_unused, x) => black(x, y)),
  );
}

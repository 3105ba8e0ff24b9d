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
const MOST_REMEMBERED = 2000;

/** One character: a number for each row, its lowest bits the pixels, 1 for white. */
type Glyph = readonly number[];

/** Digits in one line, 6 by 12 pixels each. */
export function drawDigits(text: string): Bitmap {
  const glyphs = [...text].map(digit);
  return {
    width: glyphs.length * DIGIT_WIDTH,
    rows: sideBySide(glyphs, DIGIT_WIDTH, DIGIT_HEIGHT),
  };
}

/** Any text, 16 by 16 pixels a character, in lines of twenty. */
export function drawText(text: string): Bitmap {
  const codes = [...text].map((character) => character.codePointAt(0) ?? SPACE);
  const columns = Math.min(Math.max(codes.length, 1), BOXES_A_LINE);
  const lines = Math.max(Math.ceil(codes.length / BOXES_A_LINE), 1);
  const boxes = Array.from({ length: lines * columns }, (_, place) => box(codes[place] ?? SPACE));
  const rows = Array.from({ length: lines }, (_, line) =>
    sideBySide(boxes.slice(line * columns, (line + 1) * columns), BOX, BOX),
  );
  return { width: columns * BOX, rows: rows.flat() };
}

const digit = remembering((character: string) =>
  glyph(DIGIT_WIDTH, DIGIT_HEIGHT, (x, y) => {
    const row = DIGITS[Number(character)]?.[y - DIGIT_TOP] ?? 0;
    return ((row << 1) & (0x20 >> x)) !== 0;
  }),
);

const box = remembering((code: number) => glyph(BOX, BOX, (x, y) => inBox(code, x, y)));

/** A frame with four by four cells of three pixels: the low sixteen bits of the code, highest first. */
function inBox(code: number, x: number, y: number): boolean {
  if (code === SPACE || Math.max(x, y) > 13) return false;
  if (Math.min(x, y) === 0 || Math.max(x, y) === 13) return true;
  const cell = 4 * Math.floor((y - 1) / 3) + Math.floor((x - 1) / 3);
  return (code & (0x8000 >> cell)) !== 0;
}

function glyph(width: number, height: number, black: (x: number, y: number) => boolean): Glyph {
  return Array.from({ length: height }, (_, y) => {
    let row = 0;
    for (let x = 0; x < width; x += 1) row = (row << 1) | (black(x, y) ? 0 : 1);
    return row;
  });
}

function sideBySide(glyphs: readonly Glyph[], width: number, height: number): Uint8Array[] {
  return Array.from({ length: height }, (_, y) => packRow(glyphs, width, y));
}

function packRow(glyphs: readonly Glyph[], width: number, y: number): Uint8Array {
  const packed = new Uint8Array(Math.ceil((glyphs.length * width) / 8));
  let at = 0;
  let waiting = 0;
  let count = 0;
  for (const glyph of glyphs) {
    waiting = (waiting << width) | (glyph[y] ?? 0);
    for (count += width; count >= 8; at += 1) {
      count -= 8;
      packed[at] = waiting >> count;
      waiting &= (1 << count) - 1;
    }
  }
  if (count > 0) packed[at] = waiting << (8 - count);
  return packed;
}

/** Names and addresses are written with few characters; should they be many, it begins anew. */
function remembering<T>(draw: (character: T) => Glyph): (character: T) => Glyph {
  const drawn = new Map<T, Glyph>();
  return (character) => {
    const known = drawn.get(character);
    if (known !== undefined) return known;
    const made = draw(character);
    if (drawn.size >= MOST_REMEMBERED) drawn.clear();
    drawn.set(character, made);
    return made;
  };
}

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

/** Digits in one line, 6 by 12 pixels each. */
export function drawDigits(text: string): Bitmap {
  return sideBySide([...text].map(digit), DIGIT_HEIGHT);
}

/** Any text, 16 by 16 pixels a character, in lines of twenty. */
export function drawText(text: string): Bitmap {
  const codes = [...text].map((character) => character.codePointAt(0) ?? SPACE);
  const columns = Math.min(Math.max(codes.length, 1), BOXES_A_LINE);
  const lines = Math.max(Math.ceil(codes.length / BOXES_A_LINE), 1);
  const boxes = Array.from({ length: lines * columns }, (_, place) => box(codes[place] ?? SPACE));
  return Array.from({ length: lines }, (_, line) =>
    sideBySide(boxes.slice(line * columns, (line + 1) * columns), BOX),
  ).flat();
}

const digit = remembering((character: string) =>
  picture(DIGIT_WIDTH, DIGIT_HEIGHT, (x, y) => {
    const row = DIGITS[Number(character)]?.[y - DIGIT_TOP] ?? 0;
    return ((row << 1) & (0x20 >> x)) !== 0;
  }),
);

const box = remembering((code: number) => picture(BOX, BOX, (x, y) => inBox(code, x, y)));

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

/** Pixel by pixel: a card has five thousand of them, too many for anything cleverer. */
function sideBySide(pictures: readonly Bitmap[], height: number): Bitmap {
  const rows: boolean[][] = [];
  for (let y = 0; y < height; y += 1) {
    const row: boolean[] = [];
    for (const picture of pictures) row.push(...(picture[y] ?? []));
    rows.push(row);
  }
  return rows;
}

/** Names and addresses are written with few characters; should they be many, it begins anew. */
function remembering<T>(draw: (character: T) => Bitmap): (character: T) => Bitmap {
  const drawn = new Map<T, Bitmap>();
  return (character) => {
    const known = drawn.get(character);
    if (known !== undefined) return known;
    const made = draw(character);
    if (drawn.size >= MOST_REMEMBERED) drawn.clear();
    drawn.set(character, made);
    return made;
  };
}

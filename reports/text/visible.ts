/**
 * Makes the characters visible that could make a report say something else than it shows: control
 * characters (escape sequences of terminals, U+0000 that XML forbids), lone surrogates, and the
 * marks that turn the direction of writing (Unicode UAX #9, "Trojan Source").
 */

const HIDDEN =
  /[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}\u{61c}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2066}-\u{2069}\u{feff}]/gu;

/**
 * `text` with every hidden character shown: as a control picture (␛) where Unicode has one, as
 * `‹U+202E›` otherwise. Line feeds and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, show);
}

/** The same on one line: line feeds and tabs become spaces. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\r?\n|\t/g, " "));
}

function show(character: string): string {
  if (character === "\n" || character === "\t") return character;
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  if (point === 0x7f) return "\u{2421}";
  return `‹U+${point.toString(16).toUpperCase().padStart(4, "0")}›`;
}

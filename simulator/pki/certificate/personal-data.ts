/**
 * The four attributes as a 署名用 certificate writes them (card-facts section 7.3): the birth date
 * with its era, an own code for sex, and characters that the certificate cannot hold replaced and
 * flagged, one digit a character.
 */
import { SimulatorError } from "../../errors.ts";

/** A text in which characters outside the certificate's set were replaced. */
export interface CertifiedText {
  readonly text: string;
  /** One digit a character of `text`: 0 as in the register, 1 replaced. */
  readonly substitutes: string;
}

export interface CertifiedPerson {
  /** Family and given name separated by U+3000. */
  readonly name: CertifiedText;
  /** Starts with the prefecture; at most 200 characters. */
  readonly address: CertifiedText;
  /** YYYYMMDD, Gregorian. */
  readonly birthDate: string;
  /** ISO/IEC 5218, as on the card. */
  readonly sex: "0" | "1" | "2" | "9";
}

/** Characters of an address. */
export const MAX_ADDRESS = 200;
/** What stands for a character nobody named a substitute for. UNVERIFIED: the real sign is not public. */
const NO_SUBSTITUTE = "〓";

/** First day of each era, latest first, with its code. */
const ERAS = [
  ["20190501", "5"],
  ["19890108", "4"],
  ["19261225", "3"],
  ["19120730", "2"],
  ["18680125", "1"],
] as const;

/**
 * `EYYYYMMDD`: era code and date.
 *
 * UNVERIFIED: that the four digits of the year are Gregorian.
 *
 * @example birthDateWithEra("19900102") // "419900102", 平成
 */
export function birthDateWithEra(birthDate: string): string {
  const era = ERAS.find(([firstDay]) => birthDate >= firstDay);
  return `${era?.[1] ?? "0"}${birthDate}`;
}

/** 1 male, 2 female, 3 anything else: not the code the card's text application uses. */
export function sexCode(sex: CertifiedPerson["sex"]): string {
  return sex === "1" || sex === "2" ? sex : "3";
}

/**
 * Replaces what a certificate cannot hold: characters outside JIS X 0208 (levels 1 and 2) and
 * JIS X 0212 (補助漢字).
 *
 * @param known which character to put in the place of which
 * @example certifiedText("𠮷田　太郎", { "𠮷": "吉" }) // { text: "吉田　太郎", substitutes: "10000" }
 */
export function certifiedText(
  text: string,
  known: Readonly<Record<string, string>> = {},
): CertifiedText {
  const characters = Array.from(text);
  const replaced = characters.map((character) => !encodable().has(character));
  return {
    text: characters
      .map((character, i) => (replaced[i] ? (known[character] ?? NO_SUBSTITUTE) : character))
      .join(""),
    substitutes: replaced.map((one) => (one ? "1" : "0")).join(""),
  };
}

/** @throws SimulatorError PKI_INVALID when an address is too long for a certificate */
export function requireAddressFits(address: CertifiedText): void {
  if (address.substitutes.length <= MAX_ADDRESS) return;
  throw new SimulatorError(
    "PKI_INVALID",
    `an address has at most ${MAX_ADDRESS} characters, this one ${address.substitutes.length}`,
  );
}

let table: ReadonlySet<string> | undefined;

function encodable(): ReadonlySet<string> {
  table ??= charactersOfTheSets();
  return table;
}

/**
 * Read off EUC-JP, which holds exactly the two sets: two bytes a character of JIS X 0208, three of
 * JIS X 0212. The rows left out are those vendors filled on their own account (①, 髙, 﨑).
 */
function charactersOfTheSets(): ReadonlySet<string> {
  const printableAscii = Array.from({ length: 0x7f - 0x20 }, (_, i) => 0x20 + i);
  const bytes = [
    ...printableAscii,
    ...rows(0xa1, 0xa8).flat(),
    ...rows(0xb0, 0xf4).flat(),
    ...rows(0xa2, 0xed).flatMap(([row, cell]) => [0x8f, row, cell]),
  ];
  const characters = new Set(new TextDecoder("euc-jp").decode(Uint8Array.from(bytes)));
  characters.delete("\ufffd");
  return characters;
}

function rows(first: number, last: number): [number, number][] {
  const cells: [number, number][] = [];
  for (let row = first; row <= last; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) cells.push([row, cell]);
  }
  return cells;
}

/**
 * 照合番号A, 照合番号B and the birth-date key: secrets printed on the card, for those who hold it in
 * their hand (card-facts section 3).
 */
import type { PinIssue } from "./pin-rules.ts";
import { digits } from "./pin-rules.ts";
import type { CardHolder } from "./spec.ts";

/** UNVERIFIED: never stated officially for A and the birth-date key; 10 is stated for B. */
export const CODE_TRIES = 10;

/** What the codes are made of; a whole specification has it. */
export interface PrintedOnCard {
  readonly holder: Pick<CardHolder, "birthDate" | "myNumber">;
  readonly expiry: string;
  readonly securityCode: string;
}

export function codeAIssue(id: number): PinIssue {
  return { id, rule: digits(12), tries: CODE_TRIES, changeable: false };
}

export function codeBIssue(id: number): PinIssue {
  return { id, rule: digits(14), tries: CODE_TRIES, changeable: false };
}

export function birthKeyIssue(id: number): PinIssue {
  return { id, rule: digits(6), tries: CODE_TRIES, changeable: false };
}

/** 照合番号A: the 個人番号. */
export function codeA({ holder }: Pick<PrintedOnCard, "holder">): string {
  return holder.myNumber;
}

/** 照合番号B: birth date with the year of the era, year of expiry, security code; 14 digits. */
export function codeB(printed: PrintedOnCard): string {
  return birthKey(printed) + printed.expiry.slice(0, 4) + printed.securityCode;
}

/** Birth date as YYMMDD, YY being the year of the Japanese era. */
export function birthKey({ holder }: Pick<PrintedOnCard, "holder">): string {
  return eraYear(holder.birthDate) + holder.birthDate.slice(4);
}

/** First days of 令和, 平成, 昭和, 大正 and 明治. */
const ERAS = ["20190501", "19890108", "19261225", "19120730", "18680125"];

/**
 * Year of the Japanese era a day falls into, two digits.
 *
 * @param date YYYYMMDD, Gregorian
 */
export function eraYear(date: string): string {
  const first = ERAS.find((day) => day <= date) ?? date;
  const year = Number(date.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  return String(year).padStart(2, "0");
}

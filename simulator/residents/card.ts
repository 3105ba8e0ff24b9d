/**
 * What the counter decides about a card: how long it lasts and what goes on it (card-facts sections
 * 5.6 and 7.4). The card itself is simulator/card/.
 */
import type { CardPins } from "../card/spec.ts";
import type { Clock } from "../clock.ts";
import { typeBAtr } from "../iso7816/index.ts";
import { ageOn, birthdayAfter, jstDay } from "../pki/index.ts";
import type { Random } from "../random.ts";
import type { Resident } from "./resident.ts";

/** From this age on a holder gets a 署名用 certificate without asking twice. */
export const SIGNING_AGE = 15;
const ADULT_AGE = 18;

/** Secrets of every test card: nothing about them is secret. */
export const DEFAULT_PINS = {
  auth: "1234",
  sign: "ABC123",
  text: "1234",
  juki: "1234",
} as const satisfies CardPins;

/** A contactless card, as PC/SC readers report the type B activation of card-facts section 1.2. */
export const CARD_ATR = typeBAtr(
  Uint8Array.of(0x00, 0x00, 0x05, 0xe0),
  Uint8Array.of(0xb3, 0x81, 0xa1),
);

/** A card that was handed out. */
export interface CardRecord {
  /** 1 for the first card of a resident. */
  readonly number: number;
  readonly state: "valid" | "stopped" | "replaced" | "ended";
  /** YYYYMMDD. */
  readonly expiry: string;
  /** Four digits. */
  readonly securityCode: string;
  /** Sixteen digits. */
  readonly tokenSerial: string;
  /** 顔認証マイナンバーカード: no PIN was set when it was handed out. */
  readonly pinless?: true;
  /** 発行番号 of the certificates that were on it, the present one last. */
  readonly authSerials: readonly number[];
  readonly signSerials: readonly number[];
}

/** Numbers on and in a new card. */
export function drawCardNumbers(random: Random): Pick<CardRecord, "securityCode" | "tokenSerial"> {
  return { securityCode: random.digits(4), tokenSerial: random.digits(16) };
}

/**
 * Last day of a card handed out on `day`: tenth birthday after it for adults, fifth for minors, and
 * no later than the period of stay.
 */
export function cardExpiry(resident: Resident, day: string): string {
  const birthdays = ageOn(resident.birthDate, day) >= ADULT_AGE ? 10 : 5;
  const birthday = birthdayAfter(resident.birthDate, day, birthdays);
  const { stayUntil } = resident;
  return stayUntil !== undefined && stayUntil < birthday ? stayUntil : birthday;
}

/** Whether its last day is over. */
export function hasEnded({ expiry }: CardRecord, clock: Clock): boolean {
  return expiry < jstDay(clock.now());
}

export function maySign(resident: Resident, day: string): boolean {
  return ageOn(resident.birthDate, day) >= SIGNING_AGE;
}

/**
 * Whether the card itself has run out, which is one question, and whether a certificate on it has,
 * which is another: a card that may no longer be used can carry a certificate that looks valid
 * (platform-facts CR-28).
 */
import type { CardNumber } from "./common-ap-client.ts";

const DAY_IN_JAPAN = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" });

/** A card is good through its last day, by the calendar of Japan. */
export function hasCardExpired({ expiry }: Pick<CardNumber, "expiry">, at: Date): boolean {
  return DAY_IN_JAPAN.format(at).replaceAll("-", "") > expiry;
}

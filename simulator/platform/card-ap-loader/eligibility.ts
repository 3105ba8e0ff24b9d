/**
 * What has to hold before カードAP搭載システム touches a card: the application is the operator's, the card
 * can be used, its holder is one of those the operator serves, and there is room.
 */
import type { FreeArea } from "../../card/index.ts";
import type { Clock } from "../../clock.ts";
import { Refusal } from "../refusal.ts";
import type { CardAtTerminal, CardDirectory, KnownCard } from "./card-directory.ts";
import type { Loadings } from "./loadings.ts";
import { bytesUsed } from "./on-card.ts";
import { type Application, type StoredOperator, sizeOf } from "./operators.ts";
import type { CardApLoaderProfile } from "./profile.ts";

export interface DeskParts {
  readonly clock: Clock;
  readonly profile: CardApLoaderProfile;
  readonly cards: CardDirectory;
  readonly loadings: Loadings;
}

/** One application of an operator on one card. */
export interface CardAsk {
  /** Fifteen digits. */
  readonly card: string;
  /** DF name, hexadecimal. */
  readonly application: string;
}

/** @throws Refusal `applicationUnknown`, for another operator's too */
export function ownApplication({ applications }: StoredOperator, aid: string): Application {
  const found = applications.find((one) => one.aid === aid);
  if (found !== undefined) return found;
  throw refuse(404, "applicationUnknown", "this operator has no such application");
}

/** @throws Refusal `cardUnknown` */
export function knownCard({ cards }: DeskParts, number: string): KnownCard {
  const known = cards.find(number);
  if (known !== undefined) return known;
  throw refuse(404, "cardUnknown", "no card has this number");
}

/** @throws Refusal `cardUnknown`, `cardNotUsable`, `notResident` */
export function usableCard(
  parts: DeskParts,
  operator: StoredOperator,
  number: string,
): CardAtTerminal {
  const known = knownCard(parts, number);
  if (known.state !== "usable") {
    throw refuse(409, "cardNotUsable", `the card is ${known.state}`);
  }
  if (isServed(operator, known)) return known.card;
  throw refuse(403, "notResident", "the holder is registered in another municipality");
}

export function isServed(
  { registration }: StoredOperator,
  { municipalityCode }: KnownCard,
): boolean {
  return registration.ground === "approval" || registration.municipalityCode === municipalityCode;
}

export function areaOf({ registration }: StoredOperator): FreeArea {
  return registration.ground === "ordinance" ? "local" : "extended";
}

/** @throws Refusal `areaFull` */
export function requireRoom(
  parts: DeskParts,
  card: CardAtTerminal,
  application: Application,
  area: FreeArea,
): void {
  const left = roomLeft(parts, card, area);
  const needed = sizeOf(application, parts.profile.rules.overheadBytes);
  if (needed <= left) return;
  throw refuse(409, "areaFull", `${needed} bytes are needed and ${left} are left`);
}

/** Bytes. */
export function roomLeft({ profile }: DeskParts, card: CardAtTerminal, area: FreeArea): number {
  const { localBytes, extendedBytes, overheadBytes } = profile.rules;
  const room = area === "local" ? localBytes : extendedBytes;
  return room - bytesUsed(card, area, overheadBytes);
}

export function refuse(
  status: number,
  meaning: keyof CardApLoaderProfile["errors"],
  message: string,
): Refusal {
  return new Refusal(status, meaning, message);
}

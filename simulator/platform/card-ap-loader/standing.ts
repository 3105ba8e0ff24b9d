/** What is on a card, whether it is still to be served, and its deletion (card-facts section 6.4). */
import type { FreeArea } from "../../card/index.ts";
import type { KnownCard } from "./card-directory.ts";
import {
  areaOf,
  type CardAsk,
  type DeskParts,
  isServed,
  knownCard,
  ownApplication,
  refuse,
  roomLeft,
  usableCard,
} from "./eligibility.ts";
import type { LoadingPlace } from "./loadings.ts";
import { isOnCard, takeOffCard } from "./on-card.ts";
import type { StoredOperator } from "./operators.ts";
import type { CardApLoaderProfile } from "./profile.ts";

export type StopReason = keyof CardApLoaderProfile["stopReasons"];

export type Standing =
  | { readonly result: "active" }
  | { readonly result: "stopped"; readonly reason: StopReason };

export interface Inventory {
  readonly applications: readonly { readonly application: string; readonly standing: Standing }[];
  /** Bytes left in the area this operator may use. */
  readonly free: number;
  readonly area: FreeArea;
}

/** @throws Refusal with a key of the profile's error table */
export function deleteApplication(parts: DeskParts, operator: StoredOperator, ask: CardAsk): void {
  const { aid } = ownApplication(operator, ask.application);
  const card = usableCard(parts, operator, ask.card);
  const last = parts.loadings.last({ operator: operator.id, application: aid, card: ask.card });
  if (last?.state !== "loaded" || !isOnCard(card, aid)) {
    throw refuse(404, "notLoaded", "the application is not on the card");
  }
  takeOffCard(card, aid);
  parts.loadings.advance(last, "deleted");
}

/** What this operator has on a card. Others' applications only show as room that is gone. */
export function takeInventory(
  parts: DeskParts,
  operator: StoredOperator,
  cardNumber: string,
): Inventory {
  const card = usableCard(parts, operator, cardNumber);
  const area = areaOf(operator);
  const applications = operator.applications
    .filter(({ aid }) => isOnCard(card, aid))
    .map(({ aid }) => ({
      application: aid,
      standing: standingOf(parts, operator, { card: cardNumber, application: aid }),
    }));
  return { applications, area, free: roomLeft(parts, card, area) };
}

/**
 * Whether an application is still to be served. A card that was lost goes on answering, and so does one
 * whose holder moved away before anybody had it on a counter: that is only known here.
 *
 * @throws Refusal `applicationUnknown`, `cardUnknown`
 */
export function standingOf(parts: DeskParts, operator: StoredOperator, ask: CardAsk): Standing {
  const { aid } = ownApplication(operator, ask.application);
  const known = knownCard(parts, ask.card);
  const place = { operator: operator.id, application: aid, card: ask.card };
  const reason = stopReason(parts, operator, known, place);
  return reason === undefined ? { result: "active" } : { result: "stopped", reason };
}

const CARD_STOPS = {
  stopped: "cardStopped",
  replaced: "cardReplaced",
  ended: "cardEnded",
} as const;

function stopReason(
  { loadings }: DeskParts,
  operator: StoredOperator,
  known: KnownCard,
  place: LoadingPlace,
): StopReason | undefined {
  const last = loadings.last(place);
  if (last === undefined || last.state === "deleted" || last.state === "cancelled") {
    return "notLoaded";
  }
  if (known.state !== "usable") return CARD_STOPS[known.state];
  if (!isServed(operator, known)) return "movedOut";
  if (!isOnCard(known.card, place.application)) return "notLoaded";
  return last.state === "loaded" ? undefined : "unfinished";
}

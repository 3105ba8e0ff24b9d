/**
 * Loading an application, in three steps: begun, put on the card, made usable. The card is the truth
 * about what is on it; the record of loadings says whose it is and how far it got.
 *
 * Every step may be asked for again without harm, because a terminal whose power fails cannot know
 * whether it was done: a loading that was broken off is taken up again and never begun twice.
 */
import type { FreeArea } from "../../card/index.ts";
import {
  areaOf,
  type CardAsk,
  type DeskParts,
  ownApplication,
  refuse,
  requireRoom,
  usableCard,
} from "./eligibility.ts";
import { isOnCard, makeUsable, putOnCard, takeOffCard } from "./on-card.ts";
import type { Channel, StoredOperator } from "./operators.ts";
import type { Loading } from "./state.ts";

export interface LoadingAsk extends CardAsk {
  readonly channel: Channel;
}

export interface LoadingStep {
  readonly result: "started" | "resumed" | "written" | "loaded" | "cancelled";
  readonly loading: Loading;
  readonly area: FreeArea;
}

/** @throws Refusal with a key of the profile's error table */
export function startLoading(
  parts: DeskParts,
  operator: StoredOperator,
  ask: LoadingAsk,
): LoadingStep {
  const application = ownApplication(operator, ask.application);
  if (!application.channels.includes(ask.channel)) {
    throw refuse(403, "channelNotPermitted", "this application is not loaded there");
  }
  const card = usableCard(parts, operator, ask.card);
  const place = { operator: operator.id, application: application.aid, card: ask.card };
  const area = areaOf(operator);
  const last = parts.loadings.last(place);
  if (last?.state === "started" || last?.state === "written") {
    return { result: "resumed", loading: last, area };
  }
  if (isOnCard(card, application.aid)) {
    throw refuse(409, "alreadyLoaded", "the application is on the card");
  }
  requireRoom(parts, card, application, area);
  const loading = parts.loadings.begin(place, ask.channel, parts.clock.now());
  return { result: "started", loading, area };
}

/** @throws Refusal with a key of the profile's error table */
export function writeLoading(parts: DeskParts, operator: StoredOperator, id: string): LoadingStep {
  const loading = ownLoading(parts, operator, id);
  const area = areaOf(operator);
  if (loading.state === "loaded") return { result: "written", loading, area };
  const application = ownApplication(operator, loading.application);
  const card = usableCard(parts, operator, loading.card);
  if (!isOnCard(card, application.aid)) {
    requireRoom(parts, card, application, area);
    putOnCard(card, application, area);
  }
  return { result: "written", loading: parts.loadings.advance(loading, "written"), area };
}

/** @throws Refusal with a key of the profile's error table */
export function confirmLoading(
  parts: DeskParts,
  operator: StoredOperator,
  id: string,
): LoadingStep {
  const loading = ownLoading(parts, operator, id);
  const card = usableCard(parts, operator, loading.card);
  if (loading.state === "started" || !isOnCard(card, loading.application)) {
    throw refuse(409, "notWritten", "the application is not on the card yet");
  }
  makeUsable(card, loading.application);
  const loaded = parts.loadings.advance(loading, "loaded");
  return { result: "loaded", loading: loaded, area: areaOf(operator) };
}

/** Gives up a loading that is not finished, and clears what it left. @throws Refusal */
export function cancelLoading(parts: DeskParts, operator: StoredOperator, id: string): LoadingStep {
  const loading = ownLoading(parts, operator, id);
  if (loading.state === "loaded") {
    throw refuse(409, "alreadyLoaded", "the loading is finished; delete the application instead");
  }
  const card = usableCard(parts, operator, loading.card);
  if (isOnCard(card, loading.application)) takeOffCard(card, loading.application);
  const cancelled = parts.loadings.advance(loading, "cancelled");
  return { result: "cancelled", loading: cancelled, area: areaOf(operator) };
}

/** @throws Refusal for a loading of another operator as for none, and for one that has ended */
function ownLoading({ loadings }: DeskParts, operator: StoredOperator, id: string): Loading {
  const loading = loadings.find(id);
  if (loading?.operator !== operator.id) {
    throw refuse(404, "loadingUnknown", "this operator has no such loading");
  }
  if (loading.state !== "cancelled" && loading.state !== "deleted") return loading;
  throw refuse(409, "loadingEnded", `the loading was ${loading.state}`);
}

/**
 * Runs a history of actions, power cycles and power cuts on the card and on its model side by side
 * and says where they part, or where one of the rules that hold for every card is broken.
 */
import { fromHex, parseResponse, toHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { SimulatedCard } from "../card.ts";
import type { CardImage } from "../image.ts";
import type { CardStore } from "../store.ts";
import { type Action, apdu, describeAction } from "./action.ts";
import { ModelCard, type Outcome } from "./model.ts";
import { LEGAL_STATUSES, privateParts, triesOf } from "./watch.ts";

export type Event =
  | { readonly event: "act"; readonly action: Action }
  | { readonly event: "power cycle" }
  | { readonly event: "warm reset" }
  /** The power fails at the `at`-th save of the action, before or after it has become durable. */
  | {
      readonly event: "cut";
      readonly action: Action;
      readonly at: 1 | 2;
      readonly durable: boolean;
    };

/** As a failing run is printed, one line an event. */
export function describeEvent(event: Event): string {
  if (event.event === "act") return describeAction(event.action);
  if (event.event !== "cut") return event.event;
  const when = event.durable ? "after" : "before";
  return `cut ${when} save ${event.at} of ${describeAction(event.action)}`;
}

/** A history as fast-check shows it. */
export class History {
  readonly events: readonly Event[];

  constructor(events: readonly Event[]) {
    this.events = events;
  }

  toString(): string {
    return `\n${this.events.map((event) => `  ${describeEvent(event)}`).join("\n")}\n`;
  }
}

/** Keeps the last durable image and can be told to lose the power. */
class BrittleStore implements CardStore {
  image: CardImage;
  cut: { at: number; durable: boolean } | undefined;
  #saves = 0;

  constructor(image: CardImage) {
    this.image = image;
  }

  arm(cut: { at: number; durable: boolean } | undefined): void {
    this.cut = cut;
    this.#saves = 0;
  }

  save(image: CardImage): void {
    this.#saves += 1;
    const now = this.cut?.at === this.#saves;
    if (!now || this.cut?.durable === true) this.image = image;
    if (now) throw new PowerCut();
  }
}

class PowerCut extends Error {}

/** Every way in which the card and its model differ during `history`; empty when all is well. */
export function differences(image: CardImage, history: History): string[] {
  const rig = new Rig(image);
  return history.events.flatMap((event, i) =>
    rig.live(event).map((what) => `event ${i + 1}, ${describeEvent(event)}: ${what}`),
  );
}

class Rig {
  readonly #store: BrittleStore;
  readonly #model = new ModelCard();
  readonly #forbidden: readonly string[];
  #card: SimulatedCard;

  constructor(image: CardImage) {
    this.#store = new BrittleStore(image);
    this.#forbidden = privateParts(image);
    this.#card = this.#insert();
  }

  live(event: Event): string[] {
    switch (event.event) {
      case "power cycle":
        this.#card.powerOff();
        this.#card.powerOn();
        this.#model.restart();
        return [];
      case "warm reset":
        this.#card.reset();
        return [];
      case "act":
        return this.#act(event.action);
      case "cut":
        return this.#cut(event);
    }
  }

  #act(action: Action): string[] {
    const before = triesOf(this.#card.image);
    const expected = this.#model.apply(action);
    this.#model.lasting = expected.saves.at(-1) ?? this.#model.lasting;
    const response = this.#card.transmit(fromHex(apdu(action)));
    const verified = action.do === "verify" && parseResponse(response).sw === 0x9000;
    return [
      ...compare(expected, response),
      ...this.#leaks(response),
      ...risen(before, triesOf(this.#card.image), verified),
      ...this.#lasting(),
    ];
  }

  #cut({ action, at, durable }: Extract<Event, { event: "cut" }>): string[] {
    const { saves } = this.#model.apply(action);
    const kept = saves.slice(0, durable ? at : at - 1).at(-1);
    if (saves.length > 0) this.#model.lasting = kept ?? this.#model.lasting;
    this.#store.arm({ at, durable });
    const cut = this.#transmitUntilCut(action);
    this.#store.arm(undefined);
    this.#model.restart();
    this.#card = this.#insert();
    const due = saves.length >= at;
    return [
      ...(cut === due ? [] : [due ? "answered before it had saved" : "saved without need"]),
      ...this.#lasting(),
    ];
  }

  #transmitUntilCut(action: Action): boolean {
    try {
      this.#card.transmit(fromHex(apdu(action)));
      return false;
    } catch (error) {
      if (error instanceof PowerCut) return true;
      throw error;
    }
  }

  /** The card as it comes up from what was durable. */
  #insert(): SimulatedCard {
    const options = { store: this.#store, random: new Random("model") };
    const card = new SimulatedCard(this.#store.image, options);
    card.powerOn();
    return card;
  }

  #leaks(response: Uint8Array): string[] {
    const hex = toHex(response);
    return this.#forbidden.some((part) => hex.includes(part)) ? ["a private key leaked"] : [];
  }

  #lasting(): string[] {
    const actual = JSON.stringify(triesOf(this.#card.image));
    const expected = JSON.stringify(this.#model.lasting.triesLeft);
    return actual === expected ? [] : [`tries left are ${actual}, should be ${expected}`];
  }
}

function compare(expected: Outcome, response: Uint8Array): string[] {
  const { sw, data } = parseResponse(response);
  const found: string[] = [];
  if (!LEGAL_STATUSES.has(sw)) found.push(`${hex(sw)} is no status of this card`);
  if (expected.sw !== undefined && expected.sw !== sw) {
    found.push(`answered ${hex(sw)}, should be ${hex(expected.sw)}`);
  }
  if (expected.bytes !== undefined && expected.bytes !== data.length) {
    found.push(`gave ${data.length} bytes, should be ${expected.bytes}`);
  }
  if (sw !== 0x9000 && data.length > 0) found.push("gave data with an error");
  return found;
}

function risen(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  verified: boolean,
): string[] {
  const rises = Object.keys(after).filter((pin) => (after[pin] ?? 0) > (before[pin] ?? 0));
  return verified ? [] : rises.map((pin) => `tries of ${pin} rose without success`);
}

function hex(sw: number): string {
  return sw.toString(16).toUpperCase();
}

/**
 * Runs a history of actions, power cycles and power cuts on the card and on its model side by side
 * and says where they part, or where one of the rules that hold for every card is broken.
 */
import { fromHex, parseResponse, toHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { type CardOptions, SimulatedCard } from "../card.ts";
import type { CardImage } from "../image.ts";
import type { Action } from "./action.ts";
import { BrittleStore, PowerCut } from "./brittle-store.ts";
import { apdu } from "./command.ts";
import { isGenuine, sessionBlocks } from "./contents.ts";
import { describeEvent, type Event, type History } from "./event.ts";
import { ModelCard } from "./model.ts";
import type { Outcome } from "./outcome.ts";
import { LEGAL_STATUSES } from "./statuses.ts";
import { privateParts, triesOf } from "./watch.ts";

/** As much of a card as a history needs. */
export interface InsertedCard {
  readonly image: CardImage;
  powerOn(): Uint8Array;
  powerOff(): void;
  reset(): Uint8Array;
  transmit(command: Uint8Array): Uint8Array;
}

export interface RunOptions {
  /** Puts in what is under test; our card by default, a broken one in tests. */
  readonly insert?: (image: CardImage, options: CardOptions) => InsertedCard;
  /** Told the status of every answer. */
  readonly onAnswer?: (sw: number) => void;
}

/**
 * Every way in which the card and its model differ at the first event where they do; empty when all
 * is well.
 */
export function differences(
  image: CardImage,
  history: History,
  options: RunOptions = {},
): string[] {
  const rig = new Rig(image, options);
  for (const [i, event] of history.events.entries()) {
    const found = rig.live(event);
    if (found.length === 0) continue;
    return found.map((what) => `event ${i + 1}, ${describeEvent(event)}: ${what}`);
  }
  return [];
}

class Rig {
  readonly #issued: CardImage;
  readonly #options: RunOptions;
  readonly #store: BrittleStore;
  readonly #model = new ModelCard();
  #card: InsertedCard;

  constructor(image: CardImage, options: RunOptions) {
    this.#issued = image;
    this.#options = options;
    this.#store = new BrittleStore(image);
    this.#card = this.#insert();
  }

  live(event: Event): string[] {
    switch (event.event) {
      case "power cycle":
        this.#card.powerOff();
        this.#card.powerOn();
        this.#model.restart();
        return this.#lasting();
      case "warm reset":
        this.#card.reset();
        return this.#lasting();
      case "act":
        return this.#act(event.action);
      case "cut":
        return this.#cut(event);
    }
  }

  #act(action: Action): string[] {
    const before = this.#card.image;
    const expected = this.#model.apply(action);
    this.#model.lasting = expected.saves.at(-1) ?? this.#model.lasting;
    const response = this.#transmit(action);
    const { sw } = parseResponse(response);
    return [
      ...this.#compare(expected, response),
      ...this.#leaks(expected, response),
      ...risen(before, this.#card.image, action.do === "verify" && sw === 0x9000),
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
      this.#transmit(action);
      return false;
    } catch (error) {
      if (error instanceof PowerCut) return true;
      throw error;
    }
  }

  #transmit(action: Action): Uint8Array {
    const response = this.#card.transmit(fromHex(this.#bytes(action)));
    this.#options.onAnswer?.(parseResponse(response).sw);
    return response;
  }

  #bytes(action: Action): string {
    const template = apdu(action);
    if (!template.includes("{")) return template;
    const { seed, other } = sessionBlocks(this.#issued);
    return template.replace("{seed}", seed).replace("{other content}", other);
  }

  /** The card as it comes up from what was durable. */
  #insert(): InsertedCard {
    const options = { store: this.#store, random: new Random("model") };
    const { insert = (image, also) => new SimulatedCard(image, also) } = this.#options;
    const card = insert(this.#store.image, options);
    card.powerOn();
    return card;
  }

  #compare({ sw: allowed, bytes, source }: Outcome, response: Uint8Array): string[] {
    const { sw, data } = parseResponse(response);
    const found: string[] = [];
    if (!LEGAL_STATUSES.has(sw)) found.push(`${hex(sw)} is no status of this card`);
    if (allowed === "refused" && sw === 0x9000) found.push("answered 9000, should be refused");
    if (allowed !== "refused" && !allowed.includes(sw)) {
      found.push(`answered ${hex(sw)}, should be ${allowed.map(hex).join(" or ")}`);
    }
    if (sw !== 0x9000) return data.length > 0 ? [...found, "gave data with an error"] : found;
    if (bytes !== undefined && bytes !== data.length) {
      found.push(`gave ${data.length} bytes, should be ${bytes}`);
    }
    const genuine = source === undefined || isGenuine(this.#issued, source, data);
    return genuine ? found : [...found, "gave other data than the issuer's"];
  }

  /** Data that were held against their source cannot be anything else. */
  #leaks({ source }: Outcome, response: Uint8Array): string[] {
    if (source !== undefined || response.length <= 2) return [];
    const text = toHex(response);
    const parts = privateParts(this.#issued);
    return parts.some((part) => text.includes(part)) ? ["a private key leaked"] : [];
  }

  #lasting(): string[] {
    const actual = triesOf(this.#card.image);
    const expected = this.#model.lasting.triesLeft;
    return Object.keys({ ...actual, ...expected })
      .filter((pin) => actual[pin] !== expected[pin])
      .map((pin) => `tries left of ${pin} are ${actual[pin]}, should be ${expected[pin]}`);
  }
}

function risen(before: CardImage, after: CardImage, verified: boolean): string[] {
  if (verified || before === after) return [];
  const [old, fresh] = [triesOf(before), triesOf(after)];
  return Object.keys(fresh)
    .filter((pin) => (fresh[pin] ?? 0) > (old[pin] ?? 0))
    .map((pin) => `tries of ${pin} rose without success`);
}

function hex(sw: number): string {
  return sw.toString(16).toUpperCase();
}

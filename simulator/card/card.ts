/**
 * A simulated My Number card: power, reset and one command at a time, as a reader sees it. What it
 * answers is decided in dispatch.ts; what it is, in its image.
 */
import { SimulatorError } from "../errors.ts";
import { SW } from "../iso7816/index.ts";
import type { Random } from "../random.ts";
import type { CardContext } from "./context.ts";
import { dispatch } from "./dispatch.ts";
import type { CardImage } from "./image.ts";
import type { QuirkName } from "./quirks.ts";
import { newSession, type Session } from "./session.ts";
import type { CardStore } from "./store.ts";

export interface CardOptions {
  /** Where the card saves itself, before it answers, whenever something lasting changes. */
  readonly store: CardStore;
  /** Challenges and signature salts. */
  readonly random: Random;
}

export class SimulatedCard {
  #image: CardImage;
  /** What commands work on. It holds what is forgotten without power, and is gone without it. */
  #powered: CardContext | undefined;
  readonly #store: CardStore;
  readonly #random: Random;

  /** The card begins without power. */
  constructor(image: CardImage, options: CardOptions) {
    this.#image = image;
    this.#store = options.store;
    this.#random = options.random;
  }

  /** Answer to reset; known to a reader without powering the card anew. */
  get atr(): Uint8Array {
    return this.#image.atr.slice();
  }

  /** The card as it was last saved. */
  get image(): CardImage {
    return this.#image;
  }

  /** Cold start: all rights are gone. Gives the answer to reset. */
  powerOn(): Uint8Array {
    this.#powered = this.#context(newSession());
    return this.atr;
  }

  /** All rights are gone, and commands throw until the power is back. */
  powerOff(): void {
    this.#powered = undefined;
  }

  /**
   * Warm reset. On this card it leaves rights as they are (card-facts section 3); a card without
   * power starts cold.
   */
  reset(): Uint8Array {
    const restart =
      this.#powered === undefined || this.#image.quirks.warmResetClearsRights === true;
    return restart ? this.powerOn() : this.atr;
  }

  /**
   * Answers one command APDU with one response APDU of at least two bytes.
   *
   * @throws SimulatorError CARD_UNPOWERED when there is no power
   * @throws whatever the store throws; the card is then without power, as after a cut
   */
  transmit(command: Uint8Array): Uint8Array {
    const card = this.#powered;
    if (card === undefined) {
      throw new SimulatorError("CARD_UNPOWERED", "a command was sent to a card without power");
    }
    const { session } = card;
    session.commands += 1;
    if (session.commands === 1 && card.has("firstCommandAnswers6F00")) {
      return Uint8Array.of(SW.NO_DIAGNOSIS >> 8, SW.NO_DIAGNOSIS & 0xff);
    }
    return dispatch(command, card);
  }

  /**
   * Takes the card to a counter or to the operator of a service and back: without power, changed and
   * saved. `change` is one of the functions that give a changed card, `unblockPin` for example.
   *
   * @throws whatever `change` or the store throws
   */
  alter(change: (image: CardImage) => CardImage): void {
    this.powerOff();
    this.#commit(change(this.#image));
  }

  #context(session: Session): CardContext {
    const current = () => this.#image;
    return {
      get image() {
        return current();
      },
      session,
      random: this.#random,
      has: (quirk: QuirkName) => current().quirks[quirk] === true,
      commit: (image: CardImage) => this.#commit(image),
    };
  }

  #commit(image: CardImage): void {
    this.#image = image;
    try {
      this.#store.save(image);
    } catch (error) {
      this.powerOff();
      throw error;
    }
  }
}

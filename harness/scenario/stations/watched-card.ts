/** A card with somebody beside it who takes it away at a command agreed on. */
import type { VirtualCard } from "../../../simulator/reader/index.ts";

export class WatchedCard implements VirtualCard {
  readonly #card: VirtualCard;
  readonly #take: () => void;
  #matches: ((command: Uint8Array) => boolean) | undefined;

  /** @param take called once for each agreement, when the card has got the command */
  constructor(card: VirtualCard, take: () => void) {
    this.#card = card;
    this.#take = take;
  }

  /** Agrees on the first command that `matches`; undefined takes the agreement back. */
  takeDuring(matches: ((command: Uint8Array) => boolean) | undefined): void {
    this.#matches = matches;
  }

  get atr(): Uint8Array {
    return this.#card.atr;
  }

  powerOn(): Uint8Array {
    return this.#card.powerOn();
  }

  powerOff(): void {
    this.#card.powerOff();
  }

  reset(): Uint8Array {
    return this.#card.reset();
  }

  transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    if (this.#matches?.(command) !== true) return this.#card.transmit(command);
    this.#matches = undefined;
    this.#take();
    // What a card answers that is gone, nobody hears.
    return new Promise(() => undefined);
  }
}

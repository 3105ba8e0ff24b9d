/** Keeps the last durable card in memory and can be told to lose the power. */
import type { CardImage } from "../image.ts";
import type { CardStore } from "../store.ts";
import type { Cut } from "./event.ts";

export class BrittleStore implements CardStore {
  image: CardImage;
  #cut: Cut | undefined;
  #saves = 0;

  constructor(image: CardImage) {
    this.image = image;
  }

  /** Loses the power at a save of what follows; never, without `cut`. */
  arm(cut: Cut | undefined): void {
    this.#cut = cut;
    this.#saves = 0;
  }

  save(image: CardImage): void {
    this.#saves += 1;
    const now = this.#cut?.at === this.#saves;
    if (!now || this.#cut?.durable === true) this.image = image;
    if (now) throw new PowerCut();
  }
}

export class PowerCut extends Error {}

/** A card in its file while nobody holds it: what is found there after a kill. */
import { statSync } from "node:fs";
import {
  type CardImage,
  FileCardStore,
  holderPins,
  holderTries,
  serialiseCard,
  unblockPin,
} from "../../../../simulator/card/index.ts";
import { type HuntedPin, PINS, type TriesLeft } from "./card-pins.ts";
import type { Trace } from "./violation.ts";

export class CardAtRest {
  readonly #path: string;
  readonly #store: FileCardStore;
  readonly #trace: Trace;
  /** With all tries, as text. */
  readonly #whole: string;
  readonly #pins: ReturnType<typeof holderPins>;

  /** @param path of the file, which is there */
  constructor(path: string, trace: Trace) {
    this.#path = path;
    this.#store = new FileCardStore(path);
    this.#trace = trace;
    const image = this.#store.load();
    this.#whole = serialiseCard(restored(image));
    this.#pins = holderPins(image);
  }

  /** The right value. */
  pin(name: HuntedPin["name"]): string {
    return this.#pins[name] ?? "";
  }

  /** Tries left; everything else has to be as it was at first. @throws Violation */
  inspect(): TriesLeft {
    let image: CardImage;
    try {
      image = this.#store.load();
    } catch (cause) {
      throw this.#trace.violation("the card is lost", cause);
    }
    if (serialiseCard(restored(image)) !== this.#whole) {
      throw this.#trace.violation("something else on the card has changed");
    }
    const { auth = 0, sign = 0 } = holderTries(image);
    return { auth, sign };
  }

  /** As the counter does. */
  unblock(name: HuntedPin["name"]): void {
    this.#store.save(unblockPin(this.#store.load(), name));
  }

  /** Tell one state of the file from another: of the card, and of what is to take its place. */
  files(): (string | undefined)[] {
    return [this.#path, `${this.#path}.new`].map((path) => {
      const file = statSync(path, { bigint: true, throwIfNoEntry: false });
      return file && `${file.ino} ${file.mtimeNs}`;
    });
  }
}

function restored(image: CardImage): CardImage {
  return PINS.reduce((changed, { name }) => unblockPin(changed, name), image);
}

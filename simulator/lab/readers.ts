/**
 * The readers of a world and the cards that lie in them. One, `counter`, is there from the beginning:
 * the reader at the counter of MKPF 類型①, and of whoever sends commands through the control API.
 */
import type { CardImage, SimulatedCard } from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { fromHex, toHex } from "../iso7816/index.ts";
import type { CardSession, InProcessReader, VirtualCard } from "../reader/index.ts";
import { byContact } from "./contact.ts";

export const COUNTER_READER = "counter";

/** A device that holds a card, whatever is at the other end of its wire. */
export interface CardDevice {
  readonly kind: string;
  /** What it is connected to; absent where there is no wire. */
  readonly place?: string;
  /** @throws SimulatorError when the card cannot be put in */
  insert(card: VirtualCard): Promise<void>;
  /** Takes the card out, so that everybody notices; does nothing while there is none. */
  remove(): Promise<void>;
  /** Lets go of the card at once, when the world ends. */
  close(): Promise<void>;
  /** What can be connected to in this process. */
  readonly slot?: InProcessReader;
}

export type CardSide = "contact" | "contactless";

/** A card in a reader. */
export interface LyingCard {
  readonly id: string;
  /** For people: `R0001-1 試験 太郎`. */
  readonly label: string;
  readonly card: SimulatedCard;
  readonly side: CardSide;
}

export interface LabReader {
  readonly name: string;
  readonly device: CardDevice;
  readonly lying?: LyingCard;
}

interface Place {
  readonly name: string;
  readonly device: CardDevice;
  lying?: LyingCard;
  session?: CardSession;
}

/** Methods throw SimulatorError READER_UNKNOWN for a name no reader has. */
export class LabReaders {
  readonly #places = new Map<string, Place>();

  /** @throws SimulatorError CONTROL_INVALID for a name that is taken */
  add(name: string, device: CardDevice): LabReader {
    if (this.#places.has(name)) {
      throw new SimulatorError("CONTROL_INVALID", `there is a reader ${name} already`);
    }
    const place = { name, device };
    this.#places.set(name, place);
    return place;
  }

  get all(): readonly LabReader[] {
    return [...this.#places.values()];
  }

  find(name: string): LabReader {
    return this.#find(name);
  }

  /** Takes the card out of a reader and the reader away; the counter keeps its own. */
  async takeAway(name: string): Promise<void> {
    if (name === COUNTER_READER) {
      throw new SimulatorError("CONTROL_INVALID", "the reader of the counter stays");
    }
    await this.remove(name);
    await this.#find(name).device.close();
    this.#places.delete(name);
  }

  /** @throws SimulatorError READER_BUSY while a card lies there, or this card elsewhere */
  async insert(name: string, lying: LyingCard): Promise<LabReader> {
    const place = this.#find(name);
    const busy = this.all.find((one) => one.lying?.id === lying.id || one === place);
    if (busy?.lying !== undefined) {
      throw new SimulatorError("READER_BUSY", `${busy.lying.id} lies in ${busy.name} already`);
    }
    place.lying = lying;
    try {
      await place.device.insert(sideOf(lying));
    } catch (error) {
      delete place.lying;
      throw error;
    }
    return place;
  }

  async remove(name: string): Promise<LabReader> {
    const place = this.#find(name);
    delete place.lying;
    delete place.session;
    await place.device.remove();
    return place;
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#places.keys()].map((name) => this.remove(name)));
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(({ device }) => device.close()));
  }

  /**
   * Sends commands to the card in a reader of this process, one after another, and goes on with the
   * session of the call before unless it is over.
   *
   * @param reset begins with a reset of the card
   * @throws SimulatorError READER_EMPTY, READER_CARD_REMOVED, READER_CARD_RESET, HEX_INVALID;
   *   CONTROL_INVALID for a reader at the end of a wire
   */
  async transmit(
    name: string,
    commands: readonly string[],
    reset?: "warm" | "cold",
  ): Promise<{ readonly atr: string; readonly responses: string[] }> {
    const place = this.#find(name);
    const bytes = commands.map(fromHex);
    const session = this.#session(place);
    try {
      if (reset !== undefined) session.reset(reset);
      const responses: string[] = [];
      for (const command of bytes) responses.push(toHex(await session.transmit(command)));
      return { atr: toHex(session.atr), responses };
    } catch (error) {
      delete place.session;
      throw error;
    }
  }

  /**
   * Lets something be done to cards. Those that have changed were carried to a counter and back: they
   * are put in anew.
   */
  async around<T>(act: () => Promise<T>): Promise<T> {
    const before = new Map(this.all.map((place) => [place.name, place.lying?.card.image]));
    try {
      return await act();
    } finally {
      for (const place of this.all) await this.#putBack(place, before.get(place.name));
    }
  }

  async #putBack({ name, lying }: LabReader, before: CardImage | undefined): Promise<void> {
    if (lying === undefined || lying.card.image === before) return;
    await this.remove(name);
    await this.insert(name, lying);
  }

  #session(place: Place): CardSession {
    const { slot } = place.device;
    if (slot === undefined) {
      throw new SimulatorError("CONTROL_INVALID", `${place.name} is read at the other end`);
    }
    place.session ??= slot.connect();
    return place.session;
  }

  #find(name: string): Place {
    const found = this.#places.get(name);
    if (found !== undefined) return found;
    const names = [...this.#places.keys()].join(", ");
    throw new SimulatorError("READER_UNKNOWN", `there is no reader ${name}; there are ${names}`);
  }
}

function sideOf({ card, side }: LyingCard): VirtualCard {
  return side === "contact" ? byContact(card) : card;
}

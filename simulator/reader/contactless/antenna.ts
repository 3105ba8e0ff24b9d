/**
 * The antenna of an emulated contactless reader, and the card that lies on it. Without a field the
 * card has no power; with one it keeps what was verified until the field is cut or it is taken away.
 */
import { EventEmitter } from "node:events";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import type { VirtualCard } from "../card-slot.ts";
import { type Activation, activationOf, type TypeBActivation } from "./activation.ts";
import { Picc } from "./picc.ts";

export interface AntennaOptions {
  /** What a card calls itself until it loses power. */
  readonly random: Random;
  /** Milliseconds the card may take for one command before it counts as mute. Default 60000. */
  readonly patience?: number;
}

interface AntennaEvents {
  inserted: [];
}

const PATIENCE = 60_000;
const IDENTIFIER_LENGTH = 4;

export class Antenna extends EventEmitter<AntennaEvents> {
  readonly #options: AntennaOptions;
  readonly #picc: Picc;
  #card: VirtualCard | undefined;
  #powered = false;
  #activated = false;
  /** Aborts when the card loses its power: nobody need wait for its answer. */
  #power = new AbortController();
  #identifier: Uint8Array = new Uint8Array(IDENTIFIER_LENGTH);

  constructor(options: AntennaOptions) {
    super();
    this.#options = options;
    this.#picc = new Picc({
      identify: () => this.#typeB(),
      exchange: (command) => this.exchange(command),
    });
  }

  /** Whether a card was activated and still lies there. */
  get answers(): boolean {
    return this.#activated;
  }

  /**
   * Puts a card down, without power.
   *
   * @throws SimulatorError READER_BUSY when a card lies there already
   */
  insert(card: VirtualCard): void {
    if (this.#card !== undefined) {
      throw new SimulatorError("READER_BUSY", "a card lies on the antenna already");
    }
    card.powerOff();
    this.#card = card;
    this.emit("inserted");
  }

  /** Takes the card away and gives it; undefined when there was none. */
  remove(): VirtualCard | undefined {
    const card = this.#card;
    this.fieldOff();
    this.#card = undefined;
    return card;
  }

  /** Cuts the field, and with it the card's power. */
  fieldOff(): void {
    this.#picc.unpowered();
    if (this.#powered) this.#card?.powerOff();
    this.#powered = this.#activated = false;
    this.#power.abort();
  }

  /**
   * Wakes and activates the card that lies there. One that has power already keeps it.
   *
   * @param cid what the reader calls the card
   * @param frame bytes a frame to the reader may have
   * @returns undefined without a card, or with one that is of the other type or has contacts only
   */
  activate(type: Activation["type"], cid: number, frame: number): Activation | undefined {
    const card = this.#card;
    if (card === undefined) return undefined;
    if (!this.#powered) this.#powerOn(card);
    const activation = activationOf(card.atr, this.#identifier, cid);
    // A card of the other type does not understand that it is meant.
    if (activation?.type !== type) return undefined;
    if (this.#activated) card.reset();
    this.#activated = true;
    this.#picc.activated(cid, frame);
    return activation;
  }

  /** The card's answer; undefined when it went away, failed, or stays mute. */
  async exchange(command: Uint8Array): Promise<Uint8Array | undefined> {
    const card = this.#card;
    if (card === undefined || !this.#powered) return undefined;
    const { patience = PATIENCE } = this.#options;
    try {
      return await during(this.#power.signal, patience, card.transmit(command));
    } catch {
      // On the air a card that failed and one that is gone look the same: nothing comes.
      return undefined;
    }
  }

  /** One bare frame, without CRC, to the card in the field; undefined when it stays silent. */
  async air(frame: Uint8Array): Promise<Uint8Array | undefined> {
    if (this.#card !== undefined && !this.#powered) this.#powerOn(this.#card);
    return this.#picc.receive(frame);
  }

  /** Resolves when a card is put down from now on, or when `signal` aborts. */
  async nextCard(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.off("inserted", done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.on("inserted", done);
      signal.addEventListener("abort", done);
    });
  }

  #powerOn(card: VirtualCard): void {
    this.#powered = true;
    this.#power = new AbortController();
    this.#identifier = this.#options.random.bytes(IDENTIFIER_LENGTH);
    card.powerOn();
  }

  #typeB(): TypeBActivation | undefined {
    if (this.#card === undefined || !this.#powered) return undefined;
    const activation = activationOf(this.#card.atr, this.#identifier);
    return activation?.type === "B" ? activation : undefined;
  }
}

/** The answer; undefined when it takes longer than `patience` or than the power lasts. */
function during<T>(
  power: AbortSignal,
  patience: number,
  answer: T | Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const nothing = () => resolve(undefined);
    // It may have gone with the very command.
    if (power.aborted) nothing();
    const watchdog = setTimeout(nothing, patience).unref();
    power.addEventListener("abort", nothing, { once: true });
    Promise.resolve(answer)
      .then((value) => resolve(power.aborted ? undefined : value), reject)
      .finally(() => {
        clearTimeout(watchdog);
        power.removeEventListener("abort", nothing);
      });
  });
}

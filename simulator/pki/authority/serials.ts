/**
 * 発行番号: serial numbers of four bytes, counted up over all CAs of a world, so that a number names
 * one certificate whoever asks (card-facts sections 7.1 and 7.2: the real CAs count up, too).
 */
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";

/** Smallest and largest number whose DER form has four bytes and no sign byte. */
const FIRST = 0x01000000;
export const LAST_SERIAL = 0x7fffffff;

export class SerialCounter {
  #next: number;

  /** @param next what the first call of `take` gives */
  constructor(next: number) {
    this.#next = next;
  }

  /** Starts somewhere that leaves room for a billion certificates. */
  static seeded(random: Random): SerialCounter {
    return new SerialCounter(FIRST + random.below(LAST_SERIAL >> 1));
  }

  /** The number `take` gives next; a saved world goes on from here. */
  get next(): number {
    return this.#next;
  }

  take(): number {
    const serial = this.#next;
    if (!isSerial(serial)) {
      throw new SimulatorError("PKI_INVALID", `there is no serial number ${serial}`);
    }
    this.#next += 1;
    return serial;
  }
}

export function isSerial(value: number): boolean {
  return Number.isInteger(value) && value >= FIRST && value <= LAST_SERIAL;
}

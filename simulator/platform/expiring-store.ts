/** Things that are over after a while, by the lab's clock: visits, accounts, transactions. */
import type { Clock } from "../clock.ts";

interface Kept<Value> {
  readonly value: Value;
  /** Lab time in milliseconds. */
  readonly until: number;
}

/** The oldest give way, so that a lab left running for days does not grow without end. */
const REMEMBERED = 1000;

export class ExpiringStore<Value> {
  readonly #clock: Clock;
  readonly #seconds: number;
  readonly #kept = new Map<string, Kept<Value>>();

  /** @param seconds how long each is kept */
  constructor(clock: Clock, seconds: number) {
    this.#clock = clock;
    this.#seconds = seconds;
  }

  put(id: string, value: Value): void {
    this.#kept.set(id, { value, until: this.#clock.now().getTime() + this.#seconds * 1000 });
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > REMEMBERED && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** @returns undefined for what is over or was never there */
  find(id: string): Value | undefined {
    const kept = this.#kept.get(id);
    return kept !== undefined && this.#clock.now().getTime() < kept.until ? kept.value : undefined;
  }

  /** Whether there was such a thing, even if it is over. */
  knew(id: string): boolean {
    return this.#kept.has(id);
  }

  delete(id: string): void {
    this.#kept.delete(id);
  }
}

/**
 * Holders for what must never be printed: PINs and passwords (`Secret`), 個人番号, 4情報 and images
 * of them (`Personal`). Whatever prints a holder (a template string, JSON, util.inspect, an
 * assertion's diff, a report) gets a mask; the value comes out by `reveal()` alone.
 */
import { inspect } from "node:util";

abstract class Held<T> {
  readonly #value: T;
  readonly #mask: string;
  /**
   * Unique to each holder. A deep comparison cannot see the private value and would call any two
   * holders equal; with this it never does, so a test that forgets `reveal()` fails instead of
   * passing. A symbol cannot be cloned either: a holder does not cross into another thread.
   */
  readonly identity = Symbol("held");

  constructor(value: T, mask: string) {
    this.#value = value;
    this.#mask = mask;
  }

  /** The value itself. Every call is a place to look at when a value is found where it should not be. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return this.#mask;
  }

  toJSON(): string {
    return this.#mask;
  }

  [inspect.custom](): string {
    return this.#mask;
  }
}

/**
 * A PIN, a password or a 照合番号 on its way to the card.
 *
 * @example `${new Secret("1234")}` // ‹secret›
 */
export class Secret extends Held<string> {
  constructor(value: string) {
    super(value, "‹secret›");
  }

  /** A secret made from this one, such as a wrong PIN or another spelling. */
  map(change: (value: string) => string): Secret {
    return new Secret(change(this.reveal()));
  }
}

/**
 * A value about a person, as read from a card.
 *
 * @example JSON.stringify({ name: new Personal("山田　太郎") }) // {"name":"‹personal›"}
 */
export class Personal<T> extends Held<T> {
  constructor(value: T) {
    super(value, "‹personal›");
  }
}

/**
 * A PIN, a 生年月日PIN or a password inside the software: whatever prints it gets a mask, the value
 * comes out by `reveal()` alone (KZ-16).
 */
export class Withheld {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Every call is a place to look at when a value is found where it should not be. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return MASK;
  }
}

const MASK = "‹withheld›";

/** What a hunt ends with when a promise was broken: which, in which life, and what went before. */
import { messageOf } from "../../../errors.ts";

export class Violation extends Error {
  override readonly name = "Violation";
  /** The last acts, the oldest first. */
  readonly trace: readonly string[];

  constructor(message: string, trace: readonly string[], cause?: unknown) {
    super(message, { cause });
    this.trace = trace;
  }
}

/** The acts of the lives a reader of a violation may want to see. */
export class Trace {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 60) this.#lines.shift();
  }

  violation(message: string, cause?: unknown): Violation {
    return new Violation(message, [...this.#lines], cause);
  }

  /** What `act` gives; whatever it throws becomes a violation. */
  async holds<T>(promise: string, act: () => T | Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      if (cause instanceof Violation) throw cause;
      throw this.violation(`${promise}: ${messageOf(cause)}`, cause);
    }
  }
}

/**
 * The time a client's session lasts: nothing begins after it, and what is under way ends with it. An
 * AbortSignal says the same; at every exchange it would cost as much as the rest of the reader.
 */
import type { ReaderFailure } from "./conditions.ts";

export class Life {
  #ended: ReaderFailure | undefined;
  readonly #waiting = new Set<(reason: ReaderFailure) => void>();

  /** @throws ReaderFailure that ended it, when it is over */
  require(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  /** Ends it, for the first reason that is given. */
  end(reason: ReaderFailure): void {
    this.#ended ??= reason;
    for (const leave of this.#waiting) leave(this.#ended);
    this.#waiting.clear();
  }

  /** What the work gives, or the reason of the end as soon as that comes. */
  during<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work.then(
        (result) => {
          this.#waiting.delete(reject);
          resolve(result);
        },
        (reason: unknown) => {
          this.#waiting.delete(reject);
          reject(reason);
        },
      );
    });
  }
}

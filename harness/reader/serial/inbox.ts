/** What arrives over a line and waits to be taken, one item after another, with a deadline for each. */
import { BenchError } from "../../errors.ts";

export class Inbox<T> {
  readonly #items: T[] = [];
  #failure: BenchError | undefined;
  #waiting: (() => void) | undefined;

  put(item: T): void {
    this.#items.push(item);
    this.#waiting?.();
  }

  /** From now on nothing arrives any more: whoever waits, or will wait, fails so. */
  fail(failure: BenchError): void {
    this.#failure ??= failure;
    this.#waiting?.();
  }

  /** Throws away what nobody took. */
  clear(): void {
    this.#items.length = 0;
  }

  /**
   * The next item.
   *
   * @param deadline when to give up, on the clock of `performance.now()`
   * @param what is waited for, in the words of an error
   * @throws BenchError READER_DEADLINE, or what `fail` was given
   */
  async next(deadline: number, what: string): Promise<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      if (this.#failure !== undefined) throw this.#failure;
      const left = deadline - performance.now();
      if (left <= 0) throw new BenchError("READER_DEADLINE", `waited in vain for ${what}`);
      await this.#something(left);
    }
  }

  #something(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiting = done;
    });
  }
}

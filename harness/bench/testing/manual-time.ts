/** A stopwatch that a test moves. */
export class ManualTime {
  #milliseconds = 0;

  readonly now = (): number => this.#milliseconds;

  advance(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }
}

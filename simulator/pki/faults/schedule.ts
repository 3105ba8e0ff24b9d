/**
 * When a fault strikes: from which request on, how often, until when. What it does is in
 * names.ts.
 */

export interface FaultPlan<Mode extends string> {
  readonly mode: Mode;
  /** Requests that pass before it strikes. Default 0. */
  readonly after?: number;
  /** Requests it strikes. Without end when absent. */
  readonly times?: number;
  /** The first moment at which it is over. Never when absent. */
  readonly until?: Date;
}

export class FaultSchedule<Mode extends string> {
  readonly #calm: Mode;
  #plan: FaultPlan<Mode> | undefined;
  #arrived = 0;

  /** @param calm the mode that is no fault */
  constructor(calm: Mode) {
    this.#calm = calm;
  }

  /** Takes the place of what was planned before; undefined plans nothing. */
  plan(plan: FaultPlan<Mode> | undefined): void {
    this.#plan = plan;
    this.#arrived = 0;
  }

  /**
   * Counts one request.
   *
   * @returns the mode that strikes it, or undefined when nothing was planned
   */
  arrive(now: Date): Mode | undefined {
    if (this.#plan === undefined) return undefined;
    const { mode, after = 0, times = Infinity, until } = this.#plan;
    this.#arrived += 1;
    const place = this.#arrived - after;
    const over = until !== undefined && now >= until;
    return place >= 1 && place <= times && !over ? mode : this.#calm;
  }
}

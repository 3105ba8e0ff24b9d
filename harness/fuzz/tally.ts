/** What a property has sent to a card and what came back: how much of the card it has seen. */
import type { Bilingual } from "../../reports/index.ts";

/** A status the card may answer and has not, and why no client gets to see it, where that is known. */
export interface Unseen {
  readonly sw: number;
  readonly reason?: Bilingual;
}

export interface Repertoire {
  /** Every status the card may answer. */
  readonly legal: ReadonlySet<number>;
  /** Those that no client brings about, and why. */
  readonly beyond: ReadonlyMap<number, Bilingual>;
}

export class Tally {
  /** Commands answered, those of shrinking among them. */
  commands = 0;
  /** Spent on making inputs, sending and judging. */
  seconds = 0;
  /** How often each status came. */
  readonly statuses = new Map<number, number>();
  readonly #repertoire: Repertoire;

  constructor(repertoire: Repertoire) {
    this.#repertoire = repertoire;
  }

  count(sw: number): void {
    this.commands += 1;
    this.statuses.set(sw, (this.statuses.get(sw) ?? 0) + 1);
  }

  /** Commands a second; 0 before any time was spent. */
  get rate(): number {
    return this.seconds === 0 ? 0 : Math.round(this.commands / this.seconds);
  }

  get unseen(): Unseen[] {
    const { legal, beyond } = this.#repertoire;
    return [...legal]
      .filter((sw) => !this.statuses.has(sw))
      .sort((a, b) => a - b)
      .map((sw) => {
        const reason = beyond.get(sw);
        return reason === undefined ? { sw } : { sw, reason };
      });
  }
}

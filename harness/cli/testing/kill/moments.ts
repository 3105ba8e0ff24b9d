/**
 * When to kill. A moment is drawn evenly from the time the act takes, as measured in the lives before,
 * and a little beyond, so that kills fall before, within and after what is written down.
 */
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Random } from "../../../../simulator/random.ts";

const BEYOND = 1.25;
/** How many of the latest durations count. */
const REMEMBERED = 31;
/** Milliseconds an act is thought to take before any was measured. */
const GUESS = 5;

export class Moments {
  readonly #random: Random;
  readonly #measured = new Map<string, number[]>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Tells how long an act of this kind took, in milliseconds. */
  learn(act: string, duration: number): void {
    this.#measured.set(act, [...(this.#measured.get(act) ?? []), duration].slice(-REMEMBERED));
  }

  /** Milliseconds from the beginning of an act to its kill. */
  draw(act: string): number {
    const known = (this.#measured.get(act) ?? [GUESS]).toSorted((a, b) => a - b);
    const median = known[known.length >> 1] ?? GUESS;
    return (median * BEYOND * this.#random.below(2 ** 20)) / 2 ** 20;
  }
}

/** Milliseconds before a moment from which on nothing but watching the clock is exact enough. */
const CLOSE = 2;

/** Waits to within some microseconds, and lets arrive what arrives meanwhile. */
export async function waitUntil(moment: number): Promise<void> {
  const calm = moment - performance.now() - CLOSE;
  if (calm > 0) await setTimeout(calm);
  while (performance.now() < moment) await setImmediate();
}

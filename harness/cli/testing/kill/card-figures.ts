/** What a hunt for a card came to. */
import type { Presented } from "./tries.ts";

export interface CardFigures {
  kills: number;
  /** Kills by where they fell: while the process started, before a VERIFY left any trace, while the
   * card was being written, after that and before the answer, after the answer. */
  starting: number;
  before: number;
  writing: number;
  written: number;
  after: number;
  /** VERIFYs that were answered, and those that were not, by what was presented. */
  answered: Record<Presented, number>;
  unanswered: Record<Presented, number>;
  /** Cards found with so many tries left, of both PINs: 0 to 5. */
  triesSeen: number[];
  /** Right PINs that were cut off: found with the try spent, and with the count restored. */
  rightFoundSpent: number;
  rightFoundRestored: number;
  /** Milliseconds from the start of a process to a card with power. */
  slowestRestart: number;
}

export function noFigures(): CardFigures {
  return {
    ...{ kills: 0, starting: 0, before: 0, writing: 0, written: 0, after: 0 },
    answered: { right: 0, wrong: 0, nothing: 0 },
    unanswered: { right: 0, wrong: 0, nothing: 0 },
    ...{ triesSeen: [0, 0, 0, 0, 0, 0], rightFoundSpent: 0, rightFoundRestored: 0 },
    slowestRestart: 0,
  };
}

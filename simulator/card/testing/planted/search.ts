/** Looks for a planted bug with histories at random, and shrinks the history that shows it. */
import fc from "fast-check";
import type { CardImage } from "../../image.ts";
import { history } from "../../model/arbitraries.ts";
import type { History } from "../../model/event.ts";
import { differences } from "../../model/run.ts";
import type { Bug } from "./bugs.ts";

export interface Find {
  /** Histories tried until one showed the bug; those of shrinking not counted. */
  readonly histories: number;
  readonly shrinkings: number;
  /** The shortest history found; undefined when the bug was not found. */
  readonly smallest: History | undefined;
  /** What was wrong with it. */
  readonly differences: readonly string[];
}

export interface Search {
  readonly seed: number;
  /** Histories at most. */
  readonly histories?: number;
  /** Milliseconds at most. */
  readonly patience?: number;
}

/** The longest history that still shows a person at a glance what is wrong. */
export const EVENTS_MAX = 5;

const PLENTY = 1_000_000;

/** @param image an honest card, which the bug is planted in */
export function search(image: CardImage, { insert }: Bug, settings: Search): Find {
  const { seed, histories = PLENTY, patience } = settings;
  const wrong = (events: History) => differences(image, events, { insert });
  const result = fc.check(
    fc.property(history, (events) => wrong(events).length === 0),
    {
      seed,
      numRuns: histories,
      ...(patience === undefined ? {} : { interruptAfterTimeLimit: patience }),
    },
  );
  const [smallest] = result.counterexample ?? [];
  return {
    histories: result.numRuns,
    shrinkings: result.numShrinks,
    smallest,
    differences: smallest === undefined ? [] : wrong(smallest),
  };
}

/** Waiting for what no event tells of, with a limit. */
import { setTimeout as delay } from "node:timers/promises";

const LOOK_EVERY = 20;

/**
 * Looks again and again until `condition` holds.
 *
 * @param limit milliseconds
 * @throws Error naming `what` when the limit is over
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limit = 10_000,
): Promise<void> {
  const giveUp = AbortSignal.timeout(limit);
  while (!(await condition())) {
    if (giveUp.aborted) throw new Error(`waited ${limit} ms in vain for: ${what}`);
    await delay(LOOK_EVERY);
  }
}

/** Waits for something that gives no event, by looking again and again. */
import { setTimeout as delay } from "node:timers/promises";
import { BenchError } from "../../errors.ts";

const LOOK_EVERY = 50;

/** @throws BenchError READER_DEADLINE when `condition` has not come true after `within` milliseconds */
export async function until(condition: () => Promise<boolean>, within: number): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      throw new BenchError("READER_DEADLINE", `the reader noticed nothing within ${within} ms`);
    }
    await delay(LOOK_EVERY);
  }
}

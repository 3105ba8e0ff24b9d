/** Times an operation by doing it over and over, in as many lanes as it asks for. */
import type { Operation } from "./benchmark.ts";

export interface Timing {
  /** How many of the benchmark's unit were done. */
  readonly count: number;
  /** From the first beginning to the last end. */
  readonly milliseconds: number;
}

/** Monotonic milliseconds. */
export type Now = () => number;

/** Goes on until `milliseconds` are over, and in every lane at least once; what was begun is finished. */
export async function timed(side: Operation, milliseconds: number, now: Now): Promise<Timing> {
  const { lanes = 1, count = 1 } = side;
  const began = now();
  const until = began + milliseconds;
  const calls = await Promise.all(
    Array.from({ length: lanes }, () => repeat(side.operation, until, now)),
  );
  const elapsed = now() - began;
  return { count: count * calls.reduce((sum, n) => sum + n, 0), milliseconds: elapsed };
}

async function repeat(operation: () => unknown, until: number, now: Now): Promise<number> {
  let calls = 0;
  do {
    const pending = operation();
    // Awaiting what is no promise would cost more than a short operation.
    if (pending instanceof Promise) await pending;
    calls += 1;
  } while (now() < until);
  return calls;
}

/**
 * Measures one benchmark: warm-up, then rounds in which value and reference take turns at going
 * first, so that a machine that grows slower or busier does so for both.
 *
 * What is reported is the round whose ratio lies in the middle, with the two figures of that very
 * round: medians of value and reference apart would belong to different moments.
 */
import type { Benchmark, Side } from "./benchmark.ts";
import {
  type BenchmarkResult,
  comparison,
  speedRatio,
  unmeasured,
  withoutReference,
} from "./result.ts";
import { middle } from "./statistics.ts";
import { type Now, timed } from "./timing.ts";

const ROUNDS = 5;
const ROUND_MILLISECONDS = 400;
const WARM_UP_MILLISECONDS = 300;

export interface Surroundings {
  readonly now: Now;
  /** Whether a program can be started by this name. */
  readonly isInstalled: (command: string) => boolean;
}

/** @throws whatever the benchmark throws; what it had made ready is closed then, too */
export async function measure(
  benchmark: Benchmark,
  { now, isInstalled }: Surroundings,
): Promise<BenchmarkResult> {
  const { needs } = benchmark;
  const lacking = benchmark.missing?.() ?? [];
  if (lacking.length > 0) return unmeasured(benchmark, lacking);
  const missing = needs !== undefined && !isInstalled(needs) ? needs : undefined;
  const stopwatch = new Stopwatch(benchmark, now);
  const ready: Side[] = [];
  const makeReady = async (make: Benchmark["run"]) => {
    const side = await make();
    ready.push(side);
    await stopwatch.warmUp(side);
    return side;
  };
  try {
    const value = await makeReady(benchmark.run);
    if (missing !== undefined) {
      return withoutReference(benchmark, await alone(value, stopwatch), missing);
    }
    const reference = await makeReady(benchmark.reference);
    return await compared(benchmark, { value, reference }, stopwatch);
  } finally {
    for (const side of ready) await side.close?.();
  }
}

async function alone(value: Side, stopwatch: Stopwatch): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < stopwatch.rounds; round += 1) {
    figures.push(await stopwatch.figure(value));
  }
  return middle(figures, (figure) => figure);
}

interface Pair<T> {
  readonly value: T;
  readonly reference: T;
}

async function compared(
  benchmark: Benchmark,
  sides: Pair<Side>,
  stopwatch: Stopwatch,
): Promise<BenchmarkResult> {
  const rounds: Pair<number>[] = [];
  for (let round = 0; round < stopwatch.rounds; round += 1) {
    rounds.push(await oneRound(sides, stopwatch, round % 2 === 0));
  }
  const { value, reference } = middle(rounds, (one) =>
    speedRatio(benchmark.unit, one.value, one.reference),
  );
  return comparison(benchmark, value, reference);
}

async function oneRound(
  sides: Pair<Side>,
  stopwatch: Stopwatch,
  valueFirst: boolean,
): Promise<Pair<number>> {
  if (valueFirst) {
    const value = await stopwatch.figure(sides.value);
    return { value, reference: await stopwatch.figure(sides.reference) };
  }
  const reference = await stopwatch.figure(sides.reference);
  return { value: await stopwatch.figure(sides.value), reference };
}

/** Times the sides of one benchmark, in its unit. */
class Stopwatch {
  readonly rounds: number;
  readonly #unit: string;
  readonly #milliseconds: number;
  readonly #now: Now;

  constructor(benchmark: Benchmark, now: Now) {
    this.rounds = benchmark.rounds ?? ROUNDS;
    this.#unit = benchmark.unit;
    this.#milliseconds = benchmark.milliseconds ?? ROUND_MILLISECONDS;
    this.#now = now;
  }

  /** Lets the engine learn an operation; a program that measures itself sees to that itself. */
  async warmUp(side: Side): Promise<void> {
    if ("figure" in side) return;
    await timed(side, Math.min(this.#milliseconds, WARM_UP_MILLISECONDS), this.#now);
  }

  async figure(side: Side): Promise<number> {
    if ("figure" in side) return side.figure();
    const { count, milliseconds } = await timed(side, this.#milliseconds, this.#now);
    return this.#unit === "ms" ? milliseconds / count : (count * 1000) / milliseconds;
  }
}

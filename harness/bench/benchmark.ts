/**
 * What a benchmark is: one side that is measured, and beside it, in the same run, a peer or a
 * physical limit. How fast a machine is says nothing about the code; how far the code stays behind
 * what the same machine can do at the same time does.
 *
 * Benchmarks stand beside what they measure, in `*.bench.ts` files that export `benchmarks`. Those of
 * simulator/ and reports/ may not import this file and are checked when they are loaded.
 */
import { z } from "zod";
import type { Bilingual } from "../../reports/index.ts";
import { BenchError } from "../errors.ts";

/** Something done over and over for the length of a round, which the runner times. */
export interface Operation {
  /** Does it once; the runner waits for a promise. */
  readonly operation: () => unknown;
  /** How many are under way at once. Default 1. */
  readonly lanes?: number;
  /** How many of the benchmark's unit one call does. Default 1. */
  readonly count?: number;
  readonly close?: () => unknown;
}

/** Something that measures itself: a program that prints its own rate. */
export interface Figure {
  /** One round, in the unit of the benchmark. */
  readonly figure: () => Promise<number>;
  readonly close?: () => unknown;
}

export type Side = Operation | Figure;

export interface Benchmark {
  /** Unique: `card/sign`. */
  readonly name: string;
  readonly title: Bilingual;
  /** What the reference is. */
  readonly peer: Bilingual;
  /** A rate, `commands/s`, of which more is better; or `ms`, of which less is. */
  readonly unit: string;
  /** The least speed relative to the reference that will do; null where it is only of interest. */
  readonly target: number | null;
  /** The program without which there is no reference. */
  readonly needs?: string;
  /** Names what neither side can be made ready without and this machine lacks; none by default. */
  readonly missing?: () => readonly string[];
  /** An odd number of rounds, so that one of them is in the middle. Default 5. */
  readonly rounds?: number;
  /** Length of a round of an operation. Default 400. */
  readonly milliseconds?: number;
  /** Makes ready what is measured. */
  readonly run: () => Side | Promise<Side>;
  /** Makes ready what it is compared with; called only where what it needs is installed. */
  readonly reference: () => Side | Promise<Side>;
}

const text = z.object({ ja: z.string().min(1), en: z.string().min(1) });
const maker = z.custom<Benchmark["run"]>((value) => typeof value === "function");

const schema: z.ZodType<Benchmark> = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "should look like card/sign"),
  title: text,
  peer: text,
  unit: z.string().regex(/^(ms|[a-z ]+\/s)$/, "should be ms or look like commands/s"),
  target: z.number().positive().nullable(),
  needs: z.string().min(1).exactOptional(),
  missing: z
    .custom<() => readonly string[]>((value) => typeof value === "function")
    .exactOptional(),
  rounds: z
    .int()
    .positive()
    .refine((rounds) => rounds % 2 === 1, "should be odd")
    .exactOptional(),
  milliseconds: z.number().positive().exactOptional(),
  run: maker,
  reference: maker,
});

const module = z.object({ benchmarks: z.array(schema).min(1) });

/**
 * The benchmarks a file exports.
 *
 * @param path named in the error
 * @throws BenchError BENCHMARK_INVALID, naming the first thing that is wrong
 */
export function benchmarksOf(exports: unknown, path: string): readonly Benchmark[] {
  const checked = module.safeParse(exports);
  if (checked.success) return checked.data.benchmarks;
  const [issue] = checked.error.issues;
  const where = issue?.path.join(".") || "the file";
  throw new BenchError("BENCHMARK_INVALID", `${path}: ${where}: ${issue?.message ?? "not valid"}`);
}

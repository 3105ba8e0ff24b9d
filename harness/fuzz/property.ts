/**
 * What is fuzzed is told as properties: inputs at random, and a judge that says in words what an input
 * brought to light. Inputs are plain JSON, so that a counterexample can be written to a file, read
 * and corrected by a person, and judged again without the campaign that found it.
 *
 * An error that a judge lets through is a finding like any other: what is under test has to refuse
 * with an error of ours, which the judge expects, or not at all.
 */
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import fc from "fast-check";
import type { z } from "zod";
import type { Bilingual } from "../../reports/index.ts";
import type { Tally } from "./tally.ts";

export interface Definition<Input> {
  /** Unique within its target: `command-bytes`. */
  readonly name: string;
  readonly title: Bilingual;
  readonly schema: z.ZodType<Input>;
  readonly arbitrary: fc.Arbitrary<Input>;
  /** What is wrong, one line each; empty when all is well. */
  readonly judge: (input: Input) => readonly string[] | Promise<readonly string[]>;
  /** The input for people, one line a step: APDUs, frames, requests. */
  readonly show: (input: Input) => readonly string[];
  /** Told by the judge of every command, where the judge talks to a card. */
  readonly tally?: Tally;
}

/** The smallest input found that breaks a property. */
export interface Counterexample {
  readonly input: unknown;
  readonly shown: readonly string[];
  readonly violations: readonly string[];
}

export interface Batch {
  /** Inputs that were judged, those of shrinking not counted. */
  readonly runs: number;
  readonly failure?: Counterexample;
}

export interface FuzzProperty {
  readonly name: string;
  readonly title: Bilingual;
  /** What was sent and answered so far, where it is counted. */
  readonly tally?: Tally;
  /** Judges `runs` inputs; the same seed gives the same inputs. */
  run(seed: string, runs: number): Promise<Batch>;
  /** Judges one input from a file; undefined when it is no input of this property. */
  replay(input: unknown): Promise<Counterexample | undefined>;
}

/** Milliseconds after which one input counts as hanging. */
const PATIENCE = 60_000;

export function property<Input>(definition: Definition<Input>): FuzzProperty {
  const { name, title, arbitrary, schema, tally } = definition;
  const judged = async (input: Input) => ({
    input,
    shown: definition.show(input),
    violations: await violationsOf(definition, input),
  });
  const batch = async (seed: string, runs: number): Promise<Batch> => {
    const holds = fc.asyncProperty(
      arbitrary,
      async (input) => (await violationsOf(definition, input)).length === 0,
    );
    const settings = { seed: seedNumber(`${seed}/${name}`), numRuns: runs, timeout: PATIENCE };
    const { numRuns, counterexample, errorInstance } = await fc.check(holds, settings);
    if (counterexample === null) return { runs: numRuns };
    const failure = await judged(counterexample[0]);
    if (failure.violations.length > 0) return { runs: numRuns, failure };
    // It failed before and does not now: slow, or not the same twice, which is a finding too.
    const why = `not found again: ${String(errorInstance ?? "the verdict changed")}`;
    return { runs: numRuns, failure: { ...failure, violations: [why] } };
  };
  const run = async (seed: string, runs: number): Promise<Batch> => {
    const began = performance.now();
    const done = await batch(seed, runs);
    if (tally !== undefined) tally.seconds += (performance.now() - began) / 1000;
    return done;
  };
  const replay = async (input: unknown) => {
    const { data } = schema.safeParse(input);
    return data === undefined ? undefined : judged(data);
  };
  return { name, title, run, replay, ...(tally === undefined ? {} : { tally }) };
}

async function violationsOf<Input>(
  { judge }: Definition<Input>,
  input: Input,
): Promise<readonly string[]> {
  try {
    return await judge(input);
  } catch (error) {
    return [`let through ${String(error)}`];
  }
}

/** fast-check takes 32 bits; people give words. */
function seedNumber(seed: string): number {
  return createHash("sha256").update(seed, "utf8").digest().readInt32BE(0);
}

/**
 * A campaign: the properties of one target in turns, a batch each, until the runs or the time are
 * used up, everything has failed, or somebody interrupts. A property that failed is left alone from
 * then on; the others go on.
 */
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { Counterexample, FuzzProperty } from "./property.ts";

/** Short enough for an interruption to be noticed, long enough for inputs to grow. */
const BATCH = 50;

export interface CampaignSettings {
  readonly seed: string;
  /** Inputs for each property; endless when absent. */
  readonly runs?: number;
  /** Commands each property has to send at least; a property that counts none never gets there. */
  readonly commands?: number;
  /** Endless when absent. One batch a property runs even so. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (runs: number) => void;
}

export interface Failure extends Counterexample {
  readonly property: string;
}

export interface CampaignResult {
  /** Inputs judged, by property. */
  readonly runs: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  readonly interrupted: boolean;
}

export async function campaign(
  properties: readonly FuzzProperty[],
  settings: CampaignSettings,
): Promise<CampaignResult> {
  const { seed, signal, onProgress } = settings;
  const { runs: most = Number.POSITIVE_INFINITY, commands = Number.POSITIVE_INFINITY } = settings;
  const deadline = performance.now() + (settings.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const runs: Record<string, number> = {};
  const failures: Failure[] = [];
  const over = () => signal?.aborted === true || performance.now() >= deadline;
  let going = properties;
  const play = async (round: number) => {
    for (const { name, run } of going) {
      // Signals are delivered between batches only.
      await setImmediate();
      if (round > 0 ? over() : signal?.aborted) return;
      const batch = await run(`${seed}/${round}`, Math.min(BATCH, most - round * BATCH));
      runs[name] = (runs[name] ?? 0) + batch.runs;
      if (batch.failure !== undefined) failures.push({ property: name, ...batch.failure });
    }
  };
  for (let round = 0; going.length > 0 && (round === 0 || !over()); round += 1) {
    await play(round);
    onProgress?.(Object.values(runs).reduce((sum, count) => sum + count, 0));
    const failed = new Set(failures.map((failure) => failure.property));
    const finished = (round + 1) * BATCH >= most;
    const enough = ({ name, tally }: FuzzProperty) =>
      finished || failed.has(name) || (tally !== undefined && tally.commands >= commands);
    going = going.filter((property) => !enough(property));
  }
  return { runs, failures, interrupted: signal?.aborted === true };
}

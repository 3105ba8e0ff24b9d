/**
 * Plays a recorded session to a card, which may be a simulated one or another live one, and compares
 * every answer with the one that was recorded. It stops at the first difference: a session that has
 * gone another way must not go on presenting PINs.
 */
import { BenchError } from "../errors.ts";
import type { Reader } from "../reader/index.ts";
import { type Difference, stepDifference } from "./difference.ts";
import { commandBytes, type KnownPins, spentTry } from "./holes.ts";
import { type Recorder, recorderFor } from "./recorder.ts";
import { isReaderAct, type ReaderAct, type RecordedStep, type Recording } from "./recording.ts";

export interface ReplayOptions {
  readonly pins?: KnownPins;
  /** Wrong PINs the recording may present. Default 0 where the card may be a real person's. */
  readonly tries?: number;
  /** Put around the reader, outside of what is compared; a physical card needs its guard here. */
  readonly guard?: (reader: Reader) => Reader;
}

export interface ReplayOutcome {
  /** How many steps went as recorded. */
  readonly matched: number;
  /** Steps behind the difference, which were not played. */
  readonly leftOver: number;
  readonly difference?: Difference;
}

/**
 * @param bare neither traced nor guarded
 * @throws BenchError RECORDING_HOLE, RECORDING_TRIES before anything is sent; GUARD_EFFECT and
 * GUARD_LAST_TRY from the guard
 */
export async function replay(
  { steps }: Recording,
  bare: Reader,
  { pins = {}, tries, guard = (reader) => reader }: ReplayOptions = {},
): Promise<ReplayOutcome> {
  const commands = steps.map((step) =>
    isReaderAct(step.sent) ? undefined : commandBytes(step, pins),
  );
  requireTries(steps, tries ?? (bare.info.physical ? 0 : Number.POSITIVE_INFINITY));
  const recorder = recorderFor(bare);
  const reader = guard(recorder.reader);
  try {
    for (const [place, expected] of steps.entries()) {
      const found = await played(expected, commands[place], reader, recorder);
      const difference = stepDifference(place + 1, expected, found);
      if (difference !== undefined) {
        return { matched: place, leftOver: steps.length - place - 1, difference };
      }
    }
    return { matched: steps.length, leftOver: 0 };
  } finally {
    await reader.close();
  }
}

async function played(
  expected: RecordedStep,
  command: Uint8Array | undefined,
  reader: Reader,
  { steps }: Recorder,
): Promise<RecordedStep> {
  const before = steps.length;
  try {
    if (command !== undefined) await reader.transmit(command);
    else await perform(expected.sent as ReaderAct, reader);
  } catch (error) {
    // What a guard refused was not played; what the reader reports is an answer to compare.
    if (steps.length === before || isRefusal(error)) throw error;
  }
  // A guard asks questions of its own before the command.
  const found = steps.slice(before).findLast(({ sent }) => sent === expected.sent);
  return found ?? steps.at(-1) ?? expected;
}

function isRefusal(error: unknown): boolean {
  return error instanceof BenchError && error.code.startsWith("GUARD_");
}

async function perform(act: ReaderAct, reader: Reader): Promise<void> {
  switch (act) {
    case "OPEN":
      return void (await reader.open());
    case "RESET COLD":
      return void (await reader.reset("cold"));
    case "RESET WARM":
      return void (await reader.reset("warm"));
    case "CLOSE":
      return reader.close();
  }
}

function requireTries(steps: readonly RecordedStep[], allowed: number): void {
  const spent = steps.filter(spentTry).length;
  if (spent <= allowed) return;
  const message = `the recording presents ${spent} wrong PINs, and ${allowed} tries are allowed`;
  throw new BenchError("RECORDING_TRIES", message);
}

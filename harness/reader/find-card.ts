/**
 * Which reader to use, when a machine has several or none yet: the one with a card in it, or the one
 * the user means. Names are looked up anew each time, because they change when a reader is plugged
 * in again (reader-facts 4.4; platform-facts CR-13 to CR-16).
 */
import { setTimeout as delay } from "node:timers/promises";
import { BenchError } from "../errors.ts";
import type { ReaderDirectory, ReaderEntry } from "./reader.ts";

/**
 * The name of the one reader with a card in it.
 *
 * @throws BenchError READER_NOT_FOUND where there is no reader; READER_NO_CARD where all are empty;
 * READER_AMBIGUOUS where several hold a card, because nobody may sign with the wrong one
 */
export async function readerWithCard(directory: ReaderDirectory): Promise<string> {
  const readers = await directory.list();
  if (readers.length === 0) throw new BenchError("READER_NOT_FOUND", "there is no reader");
  const [first, ...others] = readers.filter(({ atr }) => atr !== undefined);
  if (first === undefined) throw new BenchError("READER_NO_CARD", `no card in ${quote(readers)}`);
  if (others.length === 0) return first.name;
  throw new BenchError("READER_AMBIGUOUS", `cards lie in ${quote([first, ...others])}`);
}

export interface Waiting {
  /** Looks, the first among them, half a second apart. Default 20. */
  readonly looks?: number;
  /** Waits; the machine's time by default. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

const LOOK_EVERY = 500;

/**
 * Waits for a card in a reader, also while no reader is there yet.
 *
 * @returns the name of the reader it lies in
 * @throws BenchError as `readerWithCard` does at the last look; READER_AMBIGUOUS and a service that
 * does not run at once
 */
export async function waitForCard(
  directory: ReaderDirectory,
  { looks = 20, pause = delay }: Waiting = {},
): Promise<string> {
  for (let look = 1; ; look += 1) {
    try {
      return await readerWithCard(directory);
    } catch (error) {
      if (!mayChange(error) || look >= looks) throw error;
    }
    await pause(LOOK_EVERY);
  }
}

function mayChange(error: unknown): boolean {
  const passing = ["READER_NOT_FOUND", "READER_NO_CARD"];
  return error instanceof BenchError && passing.includes(error.code);
}

function quote(readers: readonly ReaderEntry[]): string {
  return readers.map(({ name }) => `"${name}"`).join(", ");
}

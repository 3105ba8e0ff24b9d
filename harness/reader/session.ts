/**
 * What every driver's sessions have in common, in one place: when one is over, what may be tried
 * again, and how the card is shared with other programs. Nothing here ever sends a command twice.
 */
import { setTimeout as delay } from "node:timers/promises";
import { BenchError, type BenchErrorCode } from "../errors.ts";
import type { CardPresence, Reader } from "./reader.ts";

const ENDS: ReadonlySet<BenchErrorCode> = new Set([
  "READER_CARD_REMOVED",
  "READER_CARD_RESET",
  "READER_DEADLINE",
  "READER_LOST",
  "READER_NOT_OPEN",
  "PCSC_SERVICE_STOPPED",
]);

/** Whether the card has forgotten, or cannot be trusted to remember, what was done before. */
export function endsSession(error: unknown): error is BenchError {
  return error instanceof BenchError && ENDS.has(error.code);
}

/**
 * What goes wrong between reader and card and may go right the next time, from the start: the card
 * was not held still, or a waiting time was computed wrong. No fault of the card's (platform-facts
 * CR-19).
 */
export function isPassing(error: unknown): error is BenchError {
  return error instanceof BenchError && PASSING.has(error.code);
}

const PASSING: ReadonlySet<BenchErrorCode> = new Set([
  "READER_TRANSPORT",
  "READER_CARD_RESET",
  "READER_CARD_MUTE",
]);

export interface PatientOpening {
  /** How often it is tried at all. Default 5. */
  readonly attempts?: number;
  /** Waits; the machine's time by default. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

const FIRST_PAUSE = 100;

/**
 * Opens a reader that another program may hold: waits 100, 200, 400 … milliseconds between attempts
 * (platform-facts CR-11). Everything else is told at once, a service that does not run above all.
 *
 * @throws BenchError READER_BUSY when it was still held at the last attempt; what `open` throws
 */
export async function openPatiently(
  reader: Reader,
  { attempts = 5, pause = delay }: PatientOpening = {},
): Promise<CardPresence> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await reader.open();
    } catch (error) {
      const busy = error instanceof BenchError && error.code === "READER_BUSY";
      if (!busy || attempt >= attempts) throw error;
    }
    await pause(FIRST_PAUSE * 2 ** (attempt - 1));
  }
}

/**
 * Keeps other programs from the card while `work` goes on. Ask people for PINs before: Windows resets
 * a card that is held for five seconds without being used (platform-facts CR-10).
 *
 * @throws BenchError READER_UNSUPPORTED where the driver knows no transactions
 */
export async function inTransaction<T>(reader: Reader, work: () => Promise<T>): Promise<T> {
  if (reader.beginTransaction === undefined || reader.endTransaction === undefined) {
    throw new BenchError("READER_UNSUPPORTED", `${reader.info.driver} knows no transactions`);
  }
  await reader.beginTransaction();
  try {
    return await work();
  } finally {
    await reader.endTransaction();
  }
}

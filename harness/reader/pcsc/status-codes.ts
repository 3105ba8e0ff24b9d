/**
 * PC/SC status codes (pcsclite.h of pcsc-lite; those met in practice are in reader-facts 2.2) and
 * what each means to a user of the bench.
 */
import { BenchError, type BenchErrorCode } from "../../errors.ts";

const MEANINGS: ReadonlyMap<number, BenchErrorCode> = new Map([
  [0x80100002, "READER_LOST"], // cancelled
  [0x80100003, "READER_NOT_OPEN"], // invalid handle
  [0x80100008, "READER_TRANSPORT"], // insufficient buffer
  [0x80100009, "READER_NOT_FOUND"], // unknown reader
  [0x8010000a, "READER_DEADLINE"], // timeout
  [0x8010000b, "READER_BUSY"], // sharing violation
  [0x8010000c, "READER_NO_CARD"], // no smart card
  [0x8010000f, "READER_TRANSPORT"], // protocol mismatch, also for an ATR that makes no sense
  [0x80100010, "READER_TRANSPORT"], // not ready
  [0x80100013, "PCSC_SERVICE_STOPPED"], // communication error: the daemon died
  [0x80100016, "READER_TRANSPORT"], // not transacted
  [0x80100017, "READER_LOST"], // reader unavailable
  [0x8010001d, "PCSC_SERVICE_STOPPED"], // no service
  [0x8010001e, "PCSC_SERVICE_STOPPED"], // service stopped
  [0x8010001f, "READER_TRANSPORT"], // unsupported feature
  [0x8010002e, "READER_NOT_FOUND"], // no readers available
  [0x80100065, "READER_TRANSPORT"], // unsupported card
  [0x80100066, "READER_CARD_MUTE"], // unresponsive card
  [0x80100067, "READER_CARD_MUTE"], // unpowered card
  [0x80100068, "READER_CARD_RESET"], // reset by another client
  [0x80100069, "READER_CARD_REMOVED"], // removed card
  [0x8010006a, "PCSC_ACCESS_DENIED"], // security violation: polkit said no
]);

/** The status a pcsclite message ends with, as in `(0x8010000c)`: it is told nowhere else. */
export function statusOf(message: string): number | undefined {
  const digits = /\((0x[0-9a-f]{8})\)\s*$/i.exec(message)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** What a failed call of pcsclite means. An unknown status counts as a failed transport. */
export function pcscError(error: unknown): BenchError {
  if (error instanceof BenchError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = MEANINGS.get(statusOf(message) ?? 0) ?? "READER_TRANSPORT";
  return new BenchError(code, message, { cause: error });
}

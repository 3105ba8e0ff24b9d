/**
 * Entries of a revocation list (RFC 5280 section 5.1.2.6), put into an index as they come. Nearly all
 * look alike, and those are read four bytes at a time: looking at every length and every digit by
 * itself takes three times as long.
 */
import { SimulatorError } from "../../errors.ts";
import { reasonOfCode } from "../authority/revocation.ts";
import { derError, LONGEST_HEADER, readSpan, type Span } from "../der/der.ts";
import { TAG } from "../der/tags.ts";
import { expectSpan, isTime, readInteger, readTime } from "../der/values.ts";
import type { RevocationReason } from "../status.ts";
import { isReasonOnly, readReason, requireEntryUnderstood } from "./entry-extensions.ts";
import type { EntryIndex } from "./entry-index.ts";
import { utcSeconds } from "./time.ts";

/** What a list says about one certificate. */
export interface RevokedEntry {
  readonly revokedAt: Date;
  readonly reason: RevocationReason;
}

/**
 * Reads the entries that are whole.
 *
 * @param end where the last entry ends, which may lie behind the bytes
 * @returns the place of the first entry that is not whole, or `end`
 * @throws SimulatorError PKI_INVALID for what is no entry, or one with a critical extension
 */
export function takeEntries(
  bytes: Uint8Array,
  offset: number,
  end: number,
  index: EntryIndex,
): number {
  const limit = Math.min(end, bytes.length);
  let at = offset;
  while (at < limit) {
    at = takeCommonEntries(bytes, at, limit, index);
    const next = takeAnyEntry(bytes, at, end, index);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** What the index knows of a serial number. */
export function findEntry(index: EntryIndex, serial: bigint): RevokedEntry | undefined {
  const row = index.find(serial);
  if (row !== undefined) {
    return { revokedAt: new Date(index.revokedAt(row) * 1000), reason: known(index.reason(row)) };
  }
  const entry = index.findOther(serial);
  return entry === undefined ? undefined : readEntry(entry);
}

function known(code: number): RevocationReason {
  const reason = reasonOfCode(code);
  if (reason !== undefined) return reason;
  throw new SimulatorError("PKI_INVALID", `the list has reason ${code}, which JPKI does not use`);
}

// Lengths of the common entries: four bytes of serial number, UTCTime, and a reason or none.
const WITHOUT_REASON = 23;
const WITH_REASON = 37;
/** SEQUENCE of these lengths, INTEGER of four bytes. */
const START_WITHOUT_REASON = 0x30150204;
const START_WITH_REASON = 0x30230204;
/** UTCTime of thirteen bytes. */
const UTC_TIME = 0x170d;

function takeCommonEntries(
  bytes: Uint8Array,
  offset: number,
  limit: number,
  index: EntryIndex,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = offset;
  while (at + WITHOUT_REASON <= limit) {
    const start = view.getInt32(at);
    const length = start === START_WITHOUT_REASON ? WITHOUT_REASON : WITH_REASON;
    if (length === WITH_REASON && start !== START_WITH_REASON) break;
    if (at + length > limit) break;
    const serial = view.getInt32(at + 4);
    const seconds = view.getUint16(at + 8) === UTC_TIME ? utcSeconds(view, at + 10) : -1;
    if (serial < 0 || seconds < 0) break;
    if (length === WITH_REASON && !isReason(view, at + 23)) break;
    index.add(serial, seconds, length === WITH_REASON ? view.getUint8(at + 36) : 0);
    at += length;
  }
  return at;
}

/** The thirteen bytes in front of a reasonCode that is alone. */
function isReason(view: DataView, at: number): boolean {
  return (
    view.getInt32(at) === 0x300c300a &&
    view.getInt32(at + 4) === 0x0603551d &&
    view.getInt32(at + 8) === 0x1504030a &&
    view.getUint8(at + 12) === 1
  );
}

/** Reads one entry; gives the place behind it, or undefined when it is not whole. */
function takeAnyEntry(
  bytes: Uint8Array,
  offset: number,
  end: number,
  index: EntryIndex,
): number | undefined {
  if (offset === end) return end;
  if (bytes.length < Math.min(end, offset + LONGEST_HEADER)) return undefined;
  const entry = expectSpan(bytes, offset, end, TAG.sequence);
  if (entry.end > bytes.length) return undefined;
  const serial = expectSpan(bytes, entry.start, entry.end, TAG.integer);
  const time = readSpan(bytes, serial.end, entry.end);
  if (!isTime(time)) throw derError("no time in an entry", serial.end);
  if (time.end !== entry.end) requireEntryUnderstood(bytes, time.end, entry.end);
  const number = readInteger(bytes, serial);
  const plain = time.end === entry.end || isReasonOnly(bytes, time.end, entry.end);
  const seconds = plain ? secondsOf(bytes, time) : Number.NaN;
  if (fitsColumn(Number(number)) && fitsColumn(seconds)) {
    index.add(Number(number), seconds, time.end === entry.end ? 0 : (bytes[entry.end - 1] ?? 0));
  } else {
    index.addOther(number, new Uint8Array(bytes.subarray(offset, entry.end)));
  }
  return entry.end;
}

/** Not a number for a time that is none: that shows when somebody asks for the entry. */
function secondsOf(bytes: Uint8Array, time: Span): number {
  try {
    return readTime(bytes, time).getTime() / 1000;
  } catch {
    return Number.NaN;
  }
}

function fitsColumn(value: number): boolean {
  return value >= 0 && value <= 0xffffffff;
}

function readEntry(entry: Uint8Array): RevokedEntry {
  const { start, end } = readSpan(entry, 0, entry.length);
  const serial = readSpan(entry, start, end);
  const time = readSpan(entry, serial.end, end);
  return { revokedAt: readTime(entry, time), reason: readReason(entry, time.end, end) };
}

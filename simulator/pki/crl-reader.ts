/**
 * Revocation lists of any size, read by hand (RFC 5280 section 5): one pass over the bytes notes where
 * each serial number stands, and everything else about an entry is read when somebody asks for it. A
 * library that builds an object for each entry needs minutes and gigabytes (platform-facts 7.2).
 */
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";
import type { Signed } from "./certificate.ts";
import { derError, readSpan } from "./der.ts";
import {
  expectSpan,
  isTime,
  readAlgorithm,
  readBitString,
  readInteger,
  readTime,
} from "./der-values.ts";
import { isReasonOnly, readReason, requireEntryUnderstood } from "./entry-extensions.ts";
import { EntryIndex } from "./entry-index.ts";
import { type ListExtensions, type ListScope, readListExtensions } from "./list-extensions.ts";
import type { RevocationReason } from "./status.ts";
import { TAG } from "./tags.ts";

/** No entry is shorter: a serial number of one byte, and UTCTime. */
const SHORTEST_ENTRY = 20;
/** Lengths of the two common kinds of entry. */
const WITHOUT_REASON = 21;
const WITH_REASON = 35;
const EXTENSIONS_TAG = 0xa0;

/** What a list says about one certificate. */
export interface RevokedEntry {
  readonly revokedAt: Date;
  readonly reason: RevocationReason;
}

/** A list somebody received, before or after its signature was checked. */
export interface RevocationList extends Signed {
  /** Distinguished name, DER. */
  readonly issuer: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** How many entries it has. */
  readonly size: number;
  /** What it is about when it is not about all certificates of its issuer. */
  readonly scope?: ListScope;
  find(serial: bigint): RevokedEntry | undefined;
}

/**
 * Reads a list; its signature is not checked yet. A damaged date or reason inside an entry shows when
 * that entry is asked for.
 *
 * @throws SimulatorError PKI_INVALID when the bytes are not one list and nothing more, or lack
 *   nextUpdate or CRLNumber, or hold a critical extension that is not understood
 */
export function readCrl(der: Uint8Array): RevocationList {
  const outer = expectSpan(der, 0, der.length, TAG.sequence);
  if (outer.end !== der.length) throw derError("bytes after the list", outer.end);
  const tbs = expectSpan(der, outer.start, outer.end, TAG.sequence);
  const algorithm = expectSpan(der, tbs.end, outer.end, TAG.sequence);
  const signature = expectSpan(der, algorithm.end, outer.end, TAG.bitString);
  if (signature.end !== outer.end) throw derError("bytes after the signature", signature.end);
  const outerAlgorithm = der.subarray(tbs.end, algorithm.end);
  const { index, innerAlgorithm, ...fields } = readFields(der, tbs.start, tbs.end);
  if (!equal(outerAlgorithm, innerAlgorithm)) {
    throw derError("two different signature algorithms", tbs.end);
  }
  return {
    ...fields,
    toBeSigned: der.subarray(outer.start, tbs.end),
    algorithm: readAlgorithm(outerAlgorithm),
    signature: readBitString(der, signature),
    size: index.size,
    find: (serial) => {
      const offset = index.find(serial);
      return offset === undefined ? undefined : readEntry(der, offset);
    },
  };
}

function readFields(der: Uint8Array, start: number, end: number) {
  const version = expectSpan(der, start, end, TAG.integer);
  if (readInteger(der, version) !== 1n) throw derError("another version than 2", start);
  const algorithm = expectSpan(der, version.end, end, TAG.sequence);
  const issuer = expectSpan(der, algorithm.end, end, TAG.sequence);
  const thisUpdate = readSpan(der, issuer.end, end);
  const nextUpdate = readSpan(der, thisUpdate.end, end);
  if (!isTime(nextUpdate)) throw derError("no nextUpdate", thisUpdate.end);
  const { index, rest } = readEntries(der, nextUpdate.end, end);
  const { number, ...extensions } = readExtensions(der, rest, end);
  if (number === undefined) throw derError("no CRLNumber", rest);
  return {
    innerAlgorithm: der.subarray(version.end, algorithm.end),
    issuer: der.slice(algorithm.end, issuer.end),
    thisUpdate: readTime(der, thisUpdate),
    nextUpdate: readTime(der, nextUpdate),
    index,
    number,
    ...extensions,
  };
}

function readExtensions(der: Uint8Array, offset: number, limit: number): ListExtensions {
  if (offset === limit) return {};
  const wrapper = expectSpan(der, offset, limit, EXTENSIONS_TAG);
  if (wrapper.end !== limit) throw derError("bytes after the extensions", wrapper.end);
  try {
    return readListExtensions(der.subarray(wrapper.start, wrapper.end));
  } catch (cause) {
    if (cause instanceof SimulatorError) throw cause;
    throw new SimulatorError("PKI_INVALID", "the extensions of the list are damaged", { cause });
  }
}

/** Notes where every entry is; gives the place behind them. */
function readEntries(der: Uint8Array, offset: number, limit: number) {
  if (der[offset] !== TAG.sequence) return { index: new EntryIndex(0), rest: offset };
  const list = readSpan(der, offset, limit);
  const index = new EntryIndex(Math.ceil((list.end - list.start) / SHORTEST_ENTRY));
  for (let at = list.start; at < list.end; at = noteEntry(der, at, list.end, index));
  index.finish();
  return { index, rest: list.end };
}

/** Notes one entry and gives the place behind it. */
function noteEntry(der: Uint8Array, offset: number, limit: number, index: EntryIndex): number {
  const end = commonEntryEnd(der, offset, limit);
  if (end === undefined) return noteAnyEntry(der, offset, limit, index);
  index.add(uint32(der, offset + 4), offset);
  return end;
}

/**
 * Where an entry ends that looks like nearly all of them: four bytes of serial number, UTCTime, and a
 * reason or none. Reading these without looking at every length halves the time for a long list.
 */
function commonEntryEnd(der: Uint8Array, offset: number, limit: number): number | undefined {
  const length = der[offset + 1];
  const end = offset + (length === WITHOUT_REASON ? 2 + WITHOUT_REASON : 2 + WITH_REASON);
  const common =
    der[offset] === TAG.sequence &&
    (length === WITHOUT_REASON || length === WITH_REASON) &&
    der[offset + 2] === TAG.integer &&
    der[offset + 3] === 4 &&
    (der[offset + 4] ?? 0xff) < 0x80 &&
    der[offset + 8] === TAG.utcTime &&
    der[offset + 9] === 13 &&
    end <= limit &&
    (length === WITHOUT_REASON || isReasonOnly(der, offset + 23, end));
  return common ? end : undefined;
}

function noteAnyEntry(der: Uint8Array, offset: number, limit: number, index: EntryIndex): number {
  const entry = expectSpan(der, offset, limit, TAG.sequence);
  const serial = expectSpan(der, entry.start, entry.end, TAG.integer);
  const time = readSpan(der, serial.end, entry.end);
  if (!isTime(time)) throw derError("no time in an entry", serial.end);
  if (time.end !== entry.end) requireEntryUnderstood(der, time.end, entry.end);
  const number = readInteger(der, serial);
  if (number >= 0n && number <= 0xffffffffn) index.add(Number(number), offset);
  else index.addOther(number, offset);
  return entry.end;
}

function uint32(der: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i += 1) value = value * 256 + (der[i] ?? 0);
  return value;
}

function readEntry(der: Uint8Array, offset: number): RevokedEntry {
  const entry = readSpan(der, offset, der.length);
  const serial = readSpan(der, entry.start, entry.end);
  const time = readSpan(der, serial.end, entry.end);
  return { revokedAt: readTime(der, time), reason: readReason(der, time.end, entry.end) };
}

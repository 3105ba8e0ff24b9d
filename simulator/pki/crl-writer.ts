/**
 * Revocation lists of any size (RFC 5280 section 5), written by hand and in pieces: a list of ten
 * million entries is 370 MB and is never in memory as a whole.
 *
 * UNVERIFIED: the profile of the real lists is handed out on application only; card-facts section 7.6
 * guesses what stands here.
 */
import { SimulatorError } from "../errors.ts";
import { concat } from "../iso7816/index.ts";
import { bits, integer, sequence, tagged, time } from "./asn1.ts";
import { derHeader } from "./der.ts";
import { authorityKey, extension, issuingDistributionPoint } from "./extensions.ts";
import type { SigningKey } from "./keys.ts";
import { OID } from "./oids.ts";
import { sha256WithRsa } from "./profile.ts";
import { isSerial } from "./serials.ts";

const VERSION_2 = 1;
const ENTRIES_IN_A_CHUNK = 1 << 15;
/** 1 January 2050 in seconds: from here on times are GeneralizedTime, two bytes longer. */
const YEAR_2050 = Date.UTC(2050, 0, 1) / 1000;

/** The entries of a list, a column for each thing, all of one length. */
export interface RevokedColumns {
  /** Serial numbers of four bytes. */
  readonly serials: Uint32Array;
  /** Seconds since 1970. */
  readonly revokedAt: Uint32Array;
  /** CRLReason codes; 0 is said by saying nothing (RFC 5280 section 5.3.1). */
  readonly reasons: Uint8Array;
}

export interface ListHead {
  /** Distinguished name, DER. */
  readonly issuer: Uint8Array;
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Directory entry, DER: makes it the list of that distribution point only. */
  readonly distributionPoint?: Uint8Array;
}

/** A list that is written while it is read. */
export interface ListStream {
  /** Bytes of the whole list. */
  readonly length: number;
  readonly chunks: Iterable<Uint8Array>;
}

/** @throws SimulatorError PKI_INVALID for columns of different lengths */
export function writeList(head: ListHead, columns: RevokedColumns, signer: SigningKey): ListStream {
  const { serials, revokedAt, reasons } = columns;
  if (revokedAt.length !== serials.length || reasons.length !== serials.length) {
    throw new SimulatorError("PKI_INVALID", "the columns of a list have different lengths");
  }
  const before = beforeEntries(head);
  const after = afterEntries(head, signer);
  const entries = entriesLength(columns);
  // RFC 5280 section 5.1.2.6: a list without entries has no sequence of them.
  const entriesHeader = entries === 0 ? new Uint8Array(0) : derHeader(SEQUENCE, entries);
  const content = before.length + entriesHeader.length + entries + after.length;
  const tbsHeader = derHeader(SEQUENCE, content);
  const algorithm = sha256WithRsa();
  const signatureLength = bits(new Uint8Array(signer.signatureLength)).length;
  const inner = tbsHeader.length + content + algorithm.length + signatureLength;
  const outer = derHeader(SEQUENCE, inner);
  function* chunks() {
    const signature = signer.signInPieces();
    yield outer;
    for (const piece of [tbsHeader, before, entriesHeader]) {
      signature.update(piece);
      yield piece;
    }
    for (const piece of entryChunks(columns)) {
      signature.update(piece);
      yield piece;
    }
    signature.update(after);
    yield after;
    yield algorithm;
    yield bits(signature.finish());
  }
  return { length: outer.length + inner, chunks: { [Symbol.iterator]: chunks } };
}

const SEQUENCE = 0x30;

function beforeEntries({ issuer, thisUpdate, nextUpdate }: ListHead): Uint8Array {
  return concat(integer(VERSION_2), sha256WithRsa(), issuer, time(thisUpdate), time(nextUpdate));
}

function afterEntries({ number, distributionPoint }: ListHead, signer: SigningKey): Uint8Array {
  const extensions = [
    authorityKey(signer.keyIdentifier),
    extension(OID.crlNumber, integer(number)),
    ...(distributionPoint === undefined ? [] : [issuingDistributionPoint(distributionPoint)]),
  ];
  return tagged(0, sequence(...extensions));
}

/** SEQUENCE, INTEGER and the serial number; UTCTime or GeneralizedTime; the reason, unless it is 0. */
function entryLength(seconds: number, reason: number): number {
  return 8 + (seconds < YEAR_2050 ? 15 : 17) + (reason === 0 ? 0 : REASON.length);
}

function entriesLength({ revokedAt, reasons }: RevokedColumns): number {
  let length = 0;
  for (let i = 0; i < revokedAt.length; i += 1) {
    length += entryLength(revokedAt[i] ?? 0, reasons[i] ?? 0);
  }
  return length;
}

/** crlEntryExtensions with nothing but reasonCode; the code is the last byte. */
const REASON = Uint8Array.from([
  0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01, 0x00,
]);

function* entryChunks(columns: RevokedColumns): Generator<Uint8Array> {
  const count = columns.serials.length;
  for (let from = 0; from < count; from += ENTRIES_IN_A_CHUNK) {
    yield entryChunk(columns, from, Math.min(from + ENTRIES_IN_A_CHUNK, count));
  }
}

function entryChunk(columns: RevokedColumns, from: number, to: number): Uint8Array {
  const { serials, revokedAt, reasons } = columns;
  const chunk = new Uint8Array((to - from) * entryLength(YEAR_2050, 1));
  const view = new DataView(chunk.buffer);
  let at = 0;
  for (let i = from; i < to; i += 1) {
    const serial = serials[i] ?? 0;
    const seconds = revokedAt[i] ?? 0;
    const reason = reasons[i] ?? 0;
    if (!isSerial(serial)) {
      throw new SimulatorError("PKI_INVALID", `${serial} is no serial number of four bytes`);
    }
    view.setUint16(at, (SEQUENCE << 8) | (entryLength(seconds, reason) - 2));
    view.setUint16(at + 2, 0x0204);
    view.setUint32(at + 4, serial);
    at = writeTime(chunk, at + 8, seconds);
    if (reason === 0) continue;
    chunk.set(REASON, at);
    at += REASON.length;
    chunk[at - 1] = reason;
  }
  return chunk.subarray(0, at);
}

/** Writes a Time at `at` and gives the place behind it. */
function writeTime(bytes: Uint8Array, at: number, seconds: number): number {
  const utc = seconds < YEAR_2050;
  const day = dayText(Math.floor(seconds / 86400));
  bytes[at] = utc ? 0x17 : 0x18;
  bytes[at + 1] = utc ? 13 : 15;
  let place = at + 2;
  for (let i = utc ? 2 : 0; i < day.length; i += 1) bytes[place++] = day[i] ?? 0;
  place = writeDigits(bytes, place, Math.floor((seconds % 86400) / 3600));
  place = writeDigits(bytes, place, Math.floor((seconds % 3600) / 60));
  place = writeDigits(bytes, place, seconds % 60);
  bytes[place] = 0x5a;
  return place + 1;
}

function writeDigits(bytes: Uint8Array, at: number, value: number): number {
  const tens = Math.floor(value / 10);
  bytes[at] = 0x30 + tens;
  bytes[at + 1] = 0x30 + value - tens * 10;
  return at + 2;
}

/** Millions of entries share a few thousand days. */
const DAY_TEXTS = new Map<number, Uint8Array>();

/** YYYYMMDD in ASCII. */
function dayText(daysSince1970: number): Uint8Array {
  const known = DAY_TEXTS.get(daysSince1970);
  if (known !== undefined) return known;
  const iso = new Date(daysSince1970 * 86400 * 1000).toISOString();
  const text = new TextEncoder().encode(iso.slice(0, 10).replaceAll("-", ""));
  DAY_TEXTS.set(daysSince1970, text);
  return text;
}

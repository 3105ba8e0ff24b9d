/**
 * Revocation lists of any size (RFC 5280 section 5), written by hand and in pieces: a list of ten
 * million entries is 370 MB and is never in memory as a whole.
 *
 * UNVERIFIED: the profile of the real lists is handed out on application only; card-facts section 7.6
 * guesses what stands here.
 */
import { SimulatorError } from "../../errors.ts";
import { concat } from "../../iso7816/index.ts";
import { isSerial } from "../authority/serials.ts";
import { authorityKey, extension, issuingDistributionPoint } from "../certificate/extensions.ts";
import { SHA256_WITH_RSA } from "../certificate/profile.ts";
import { bits, integer, sequence, tagged, time } from "../der/asn1.ts";
import { derHeader } from "../der/der.ts";
import { OID } from "../der/oids.ts";
import type { SigningKey } from "../keys/keys.ts";
import { writeTime, YEAR_2050 } from "./time.ts";

const VERSION_2 = 1;
const ENTRIES_IN_A_CHUNK = 1 << 15;

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
  const algorithm = SHA256_WITH_RSA;
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
  return concat(integer(VERSION_2), SHA256_WITH_RSA, issuer, time(thisUpdate), time(nextUpdate));
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
  return 8 + (seconds < YEAR_2050 ? 15 : 17) + (reason === 0 ? 0 : REASON_LENGTH);
}

function entriesLength({ revokedAt, reasons }: RevokedColumns): number {
  let length = 0;
  for (let i = 0; i < revokedAt.length; i += 1) {
    length += entryLength(revokedAt[i] ?? 0, reasons[i] ?? 0);
  }
  return length;
}

const REASON_LENGTH = 14;

/** crlEntryExtensions with nothing but reasonCode, whose code is the last byte. */
function writeReason(view: DataView, at: number, reason: number): number {
  view.setUint32(at, 0x300c300a);
  view.setUint32(at + 4, 0x0603551d);
  view.setUint32(at + 8, 0x1504030a);
  view.setUint16(at + 12, 0x0100 | reason);
  return at + REASON_LENGTH;
}

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
    at = writeTime(view, at + 8, seconds);
    if (reason !== 0) at = writeReason(view, at, reason);
  }
  return chunk.subarray(0, at);
}

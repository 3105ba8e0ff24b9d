/** What stands before the entries of a revocation list (RFC 5280 section 5.1.2). */
import { derError, LONGEST_HEADER, readSpan, type Span } from "../der/der.ts";
import { TAG } from "../der/tags.ts";
import { expectSpan, isTime, readInteger, readTime } from "../der/values.ts";

/** Places are bytes from the start of the list. */
export interface ListHead {
  /** Between these lies what is signed. */
  readonly signedStart: number;
  readonly signedEnd: number;
  /** Between these lie the entries; the same place when there are none. */
  readonly entriesStart: number;
  readonly entriesEnd: number;
  /** Where the whole list ends. */
  readonly end: number;
  /** AlgorithmIdentifier, DER. */
  readonly innerAlgorithm: Uint8Array;
  /** Distinguished name, DER. */
  readonly issuer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/**
 * @param bytes from the start of the list on
 * @returns undefined when more bytes are needed
 * @throws SimulatorError PKI_INVALID
 */
export function readHead(bytes: Uint8Array): ListHead | undefined {
  const outer = spanAt(bytes, 0, Number.MAX_SAFE_INTEGER);
  if (outer === undefined) return undefined;
  const signed = spanAt(bytes, requireSequence(outer).start, outer.end);
  if (signed === undefined) return undefined;
  const fields = readFields(bytes, requireSequence(signed));
  if (fields === undefined) return undefined;
  const { fieldsEnd, ...head } = fields;
  const entries = entriesAt(bytes, fieldsEnd, signed.end);
  if (entries === undefined) return undefined;
  return {
    ...head,
    signedStart: outer.start,
    signedEnd: signed.end,
    entriesStart: entries.start,
    entriesEnd: entries.end,
    end: outer.end,
  };
}

/** Version, signature, issuer, thisUpdate and nextUpdate. */
const FIELDS = 5;

function readFields(bytes: Uint8Array, { start, end }: Span) {
  if (!hasWhole(bytes, start, end, FIELDS)) return undefined;
  const version = expectSpan(bytes, start, end, TAG.integer);
  if (readInteger(bytes, version) !== 1n) throw derError("another version than 2", start);
  const algorithm = expectSpan(bytes, version.end, end, TAG.sequence);
  const issuer = expectSpan(bytes, algorithm.end, end, TAG.sequence);
  const thisUpdate = readSpan(bytes, issuer.end, end);
  const nextUpdate = readSpan(bytes, thisUpdate.end, end);
  if (!isTime(nextUpdate)) throw derError("no nextUpdate", thisUpdate.end);
  return {
    innerAlgorithm: new Uint8Array(bytes.subarray(version.end, algorithm.end)),
    issuer: new Uint8Array(bytes.subarray(algorithm.end, issuer.end)),
    thisUpdate: readTime(bytes, thisUpdate),
    nextUpdate: readTime(bytes, nextUpdate),
    fieldsEnd: nextUpdate.end,
  };
}

/** Whether all bytes of so many objects are there. */
function hasWhole(bytes: Uint8Array, offset: number, limit: number, count: number): boolean {
  let at = offset;
  for (let i = 0; i < count; i += 1) {
    const span = spanAt(bytes, at, limit);
    if (span === undefined || span.end > bytes.length) return false;
    at = span.end;
  }
  return true;
}

/** The content of the sequence of entries, or an empty place where there is none. */
function entriesAt(bytes: Uint8Array, offset: number, limit: number) {
  if (offset === limit) return { start: offset, end: offset };
  const next = spanAt(bytes, offset, limit);
  if (next === undefined) return undefined;
  return next.tag === TAG.sequence ? next : { start: offset, end: offset };
}

function requireSequence(span: Span): Span {
  if (span.tag === TAG.sequence) return span;
  throw derError(`the tag ${span.tag} where a sequence should be`, span.start);
}

/** An object of which tag and length are there; undefined when not yet. */
function spanAt(bytes: Uint8Array, offset: number, limit: number): Span | undefined {
  if (bytes.length < Math.min(limit, offset + LONGEST_HEADER)) return undefined;
  return readSpan(bytes, offset, limit);
}

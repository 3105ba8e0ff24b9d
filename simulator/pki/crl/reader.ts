/**
 * Revocation lists of any size, read by hand (RFC 5280 section 5): a library that builds an object for
 * each entry needs minutes and gigabytes (platform-facts 7.2). This is for lists that are in memory;
 * stream.ts reads those that should not be.
 */
import type { Signed } from "../certificate/certificate.ts";
import { findEntry, type RevokedEntry } from "./entries.ts";
import type { ListScope } from "./list-extensions.ts";
import { ListParser, type ListParts } from "./parser.ts";

export type { RevokedEntry } from "./entries.ts";

/** What stands in a list. */
export interface ListContent {
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
  /** @throws SimulatorError PKI_INVALID when what it says about this number cannot be read */
  find(serial: bigint): RevokedEntry | undefined;
}

/** A list somebody received, before or after its signature was checked. */
export interface RevocationList extends ListContent, Signed {}

/**
 * Reads a list; its signature is not checked yet. A damaged date or reason inside an entry shows when
 * that entry is asked for.
 *
 * @throws SimulatorError PKI_INVALID when the bytes are not one list and nothing more, or lack
 *   nextUpdate or CRLNumber, or hold a critical extension that is not understood
 */
export function readCrl(der: Uint8Array): RevocationList {
  const parser = new ListParser();
  parser.push(der);
  const parts = parser.finish();
  return {
    ...contentOf(parts),
    toBeSigned: der.subarray(parts.signedStart, parts.signedEnd),
    algorithm: parts.algorithm,
    signature: parts.signature,
  };
}

export function contentOf(parts: ListParts): ListContent {
  const { issuer, number, thisUpdate, nextUpdate, index } = parts;
  const { authorityKeyIdentifier, scope } = parts;
  return {
    issuer,
    number,
    thisUpdate,
    nextUpdate,
    size: index.size,
    find: (serial) => findEntry(index, serial),
    ...(authorityKeyIdentifier && { authorityKeyIdentifier }),
    ...(scope && { scope }),
  };
}

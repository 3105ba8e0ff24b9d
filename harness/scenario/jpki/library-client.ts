/**
 * A client that reads revocation lists by building an object for everything in them, with asn1js as
 * it comes. It stops at 10,000 objects since version 3.0.10 (platform-facts 7.3), which is a list of
 * some two thousand entries.
 */
import { fromBER } from "asn1js";

export interface LibraryOptions {
  /** The documented way out: as many objects as the list has. */
  readonly maxNodes?: number;
  readonly maxContentLength?: number;
}

/**
 * @param list DER
 * @returns what the library has to say against the list; undefined when it read the whole of it
 */
export function readByLibrary(list: Uint8Array, options: LibraryOptions = {}): string | undefined {
  const { offset, result } = fromBER(list, options);
  return offset === list.length ? undefined : result.error;
}

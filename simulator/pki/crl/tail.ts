/** What stands behind the entries of a revocation list (RFC 5280 section 5.1.1 and 5.2). */
import { SimulatorError } from "../../errors.ts";
import { equal } from "../../iso7816/index.ts";
import { derError } from "../der/der.ts";
import { TAG } from "../der/tags.ts";
import { expectSpan, readAlgorithm, readBitString } from "../der/values.ts";
import type { ListHead } from "./head.ts";
import { type ListExtensions, readListExtensions } from "./list-extensions.ts";

const EXTENSIONS_TAG = 0xa0;

export interface ListTail extends ListExtensions {
  readonly number: bigint;
  /** Object identifier of the signature algorithm. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

/**
 * @param bytes from the end of the entries to the end of the list
 * @param position of the first of these bytes in the list
 * @throws SimulatorError PKI_INVALID
 */
export function readTail(bytes: Uint8Array, head: ListHead, position: number): ListTail {
  const end = head.end - position;
  if (end < bytes.length) throw derError("bytes after the list", end);
  if (end > bytes.length) throw derError("an end before it should", bytes.length);
  const signedEnd = head.signedEnd - position;
  const algorithm = expectSpan(bytes, signedEnd, end, TAG.sequence);
  const signature = expectSpan(bytes, algorithm.end, end, TAG.bitString);
  if (signature.end !== end) throw derError("bytes after the signature", signature.end);
  const outerAlgorithm = bytes.subarray(signedEnd, algorithm.end);
  if (!equal(outerAlgorithm, head.innerAlgorithm)) {
    throw derError("two different signature algorithms", signedEnd);
  }
  const { number, ...extensions } = readExtensions(bytes, signedEnd, head.issuer);
  if (number === undefined) throw derError("no CRLNumber", 0);
  return {
    ...extensions,
    number,
    algorithm: readAlgorithm(outerAlgorithm),
    signature: readBitString(bytes, signature),
  };
}

/** @param limit where they end, which is where they begin when there are none */
function readExtensions(bytes: Uint8Array, limit: number, issuer: Uint8Array): ListExtensions {
  if (limit === 0) return {};
  const wrapper = expectSpan(bytes, 0, limit, EXTENSIONS_TAG);
  if (wrapper.end !== limit) throw derError("bytes after the extensions", wrapper.end);
  try {
    return readListExtensions(bytes.subarray(wrapper.start, wrapper.end), issuer);
  } catch (cause) {
    if (cause instanceof SimulatorError) throw cause;
    throw new SimulatorError("PKI_INVALID", "the extensions of the list are damaged", { cause });
  }
}

/** How a decoder has to refuse: with a `CodecError` that names a place within the bytes or at their end. */
import { CodecError } from "../../../simulator/errors.ts";

/**
 * Decodes, and judges what came of it.
 *
 * @param accepted what is wrong with a decoding that succeeded
 */
export function decoding<Value>(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Value,
  accepted: (value: Value) => readonly string[],
): readonly string[] {
  let value: Value;
  try {
    value = decode(bytes);
  } catch (error) {
    return refusal(error, bytes.length);
  }
  return accepted(value);
}

function refusal(error: unknown, length: number): string[] {
  if (!(error instanceof CodecError)) return [`refused with ${String(error)}`];
  const { offset } = error;
  const within = Number.isInteger(offset) && offset >= 0 && offset <= length;
  return within ? [] : [`names byte ${offset} of ${length}`];
}

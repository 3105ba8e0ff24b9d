/**
 * The line no campaign crosses: a card that may be a person's is never fuzzed. Random VERIFY, CHANGE
 * REFERENCE DATA and RESET RETRY COUNTER block PINs for good, and a mutated command may become one of
 * them, so that a card in a physical reader gets nothing at all.
 */
import { BenchError } from "../errors.ts";
import type { Reader } from "../reader/reader.ts";

/** @throws BenchError FUZZ_PHYSICAL where the reader may hold a person's card; nothing was sent */
export function fuzzable(reader: Reader): Reader {
  const { physical, name } = reader.info;
  if (physical) throw refusal(`reader ${name}`);
  return reader;
}

export function refusal(what: string): BenchError {
  return new BenchError(
    "FUZZ_PHYSICAL",
    `${what} may hold a person's card; random VERIFY, CHANGE or RESET would block it for good`,
  );
}

/** When a session with a card is over, whatever the driver: the rule of `Reader` in one place. */
import { BenchError, type BenchErrorCode } from "../errors.ts";

const ENDS: ReadonlySet<BenchErrorCode> = new Set([
  "READER_CARD_REMOVED",
  "READER_CARD_RESET",
  "READER_DEADLINE",
  "READER_LOST",
  "READER_NOT_OPEN",
  "PCSC_SERVICE_STOPPED",
]);

/** Whether the card has forgotten, or cannot be trusted to remember, what was done before. */
export function endsSession(error: unknown): error is BenchError {
  return error instanceof BenchError && ENDS.has(error.code);
}

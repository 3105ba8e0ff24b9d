/** What the status of a PN53x means to a session with a card (reader-facts 4.2). */
import { describeStatus, STATUS_ERROR } from "../../../simulator/reader/pn532/index.ts";
import { BenchError, type BenchErrorCode } from "../../errors.ts";

/** Every other status is a failed transport. */
const CODES: Readonly<Record<number, BenchErrorCode>> = {
  1: "READER_CARD_REMOVED", // the air stays silent: gone, or mute, which cannot be told apart
  39: "READER_CARD_RESET", // the chip has no target any more: it was reset, and the card with it
  41: "READER_CARD_RESET",
  42: "READER_CARD_REMOVED",
  43: "READER_CARD_REMOVED",
};

/**
 * @param answer data of an answer that begins with a status
 * @throws BenchError unless the status is success
 */
export function requireSuccess(answer: Uint8Array): void {
  const [status] = answer;
  if (status === undefined) throw new BenchError("READER_TRANSPORT", "an answer without a status");
  const error = status & STATUS_ERROR;
  if (error === 0) return;
  throw new BenchError(CODES[error] ?? "READER_TRANSPORT", `status ${describeStatus(error)}`);
}

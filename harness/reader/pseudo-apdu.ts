/**
 * Commands to the reader itself in the form of a command to the card: class FF of PC/SC part 3
 * section 3.2.2 (reader-facts 4.4). Readers differ in what they know; one that knows nothing passes
 * them on, and the card refuses them.
 */
import { BenchError } from "../errors.ts";
import type { Reader } from "./reader.ts";
import { statusWordOf } from "./status-word.ts";

const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);
const OK = 0x9000;
/** What readers and cards answer that do not know it: 6A81, 6D00, 6E00, 6300, 6700. */
const UNKNOWN: ReadonlySet<number> = new Set([0x6a81, 0x6d00, 0x6e00, 0x6300, 0x6700]);

/**
 * What a card without contacts is called on the air: the PUPI of type B, four bytes, which is another
 * each time a My Number card is activated, so that it identifies nobody.
 *
 * @returns undefined where the reader does not tell
 * @throws BenchError READER_TRANSPORT for an answer that means neither
 */
export async function cardUid(reader: Reader): Promise<Uint8Array | undefined> {
  const answer = await reader.transmit(GET_UID);
  const sw = statusWordOf(answer);
  if (sw === OK) return answer.slice(0, -2);
  if (UNKNOWN.has(sw)) return undefined;
  throw new BenchError("READER_TRANSPORT", `FF CA was answered with ${sw.toString(16)}`);
}

/** GET CHALLENGE (card-facts section 4 and T12): random bytes from the card, whatever is selected. */
import type { Reader } from "../reader/reader.ts";
import { dataError, requireInput } from "./card-error.ts";
import { exchange } from "./exchange.ts";
import { inTurn } from "./turns.ts";

/**
 * @param length 1 to 256
 * @throws CardError CARD_INPUT_INVALID for another length, CARD_DATA_INVALID when another number of
 * bytes came
 */
export async function getChallenge(reader: Reader, length: number): Promise<Uint8Array> {
  const purpose = { ja: "乱数の取得", en: "get a challenge" };
  requireInput(purpose, { ja: "乱数のバイト数", en: "bytes of challenge" }, length, 1, 256);
  const command = { cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00, ne: length, purpose };
  const { data } = await inTurn(reader, () => exchange(reader, command));
  if (data.length === length) return data;
  throw dataError(purpose, {
    ja: `${length}バイトの要求に${data.length}バイトの応答`,
    en: `${data.length} bytes came where ${length} were asked for`,
  });
}

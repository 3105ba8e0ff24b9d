/**
 * What a reader finds when it looks for a card, and the answer to reset it makes up for one without
 * contacts (PC/SC part 3; reader-facts 5.2, 5.3).
 */
import { concat, parseAtr, toHex } from "../iso7816/index.ts";
import type { Random } from "../random.ts";
import type { ReaderTraits } from "./traits.ts";

const PUPI_LENGTH = 4;
/** Application data and protocol info of the ATQB, which PC/SC puts into the historical bytes. */
const ATQB_REST = 7;

/** The answer to reset this reader gives for a card that answers with `atr` itself. */
export function reportedAtr(
  atr: Uint8Array,
  { atr: form }: ReaderTraits,
  random: Random,
): Uint8Array {
  if (form === "card" || !isWithoutContacts(atr)) return atr;
  const { historical } = parseAtr(atr);
  const atqb = concat(
    Uint8Array.of(0x50),
    random.bytes(PUPI_LENGTH),
    historical.subarray(0, ATQB_REST),
  );
  const body = concat(Uint8Array.of(0x3b, 0x80 | atqb.length, 0x80, 0x01), atqb);
  const tck = body.subarray(1).reduce((sum, byte) => sum ^ byte, 0);
  return concat(body, Uint8Array.of(tck));
}

/** The form PC/SC gives the answer of a type B card: 3B 88 80 01. */
function isWithoutContacts(atr: Uint8Array): boolean {
  return toHex(atr.subarray(0, 4)) === "3B888001";
}

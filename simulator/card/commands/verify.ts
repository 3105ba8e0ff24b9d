/** VERIFY (00 20): presents a PIN or, without data, asks how many tries are left (card-facts 3, 4). */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { referencedFile, shortIdentifier } from "../file-system.ts";
import { present, triesStatus } from "../pin.ts";

/**
 * A stack that speaks T=0 appends a byte 00 to a command without data; it reads as an Le field here
 * and changes nothing.
 */
export function verify({ p1, p2, data }: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(p1 === 0x00, SW.WRONG_P1P2);
  const pin = referencedFile(card, shortIdentifier(p2), SW.REFERENCE_NOT_FOUND);
  // UNVERIFIED: the status for a file that is no PIN; JICSAP's word for a wrong file is taken.
  requireThat(pin.kind === "pin", SW.FILE_STRUCTURE);
  if (data.length === 0) return answer(undefined, triesStatus(card, pin));
  present(card, pin, data);
  return answer();
}

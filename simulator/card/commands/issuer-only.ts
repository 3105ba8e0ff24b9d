/**
 * JICSAP commands with which an issuer erases, locks and unlocks (card-facts section 4), and the end
 * mark that one telephone profile knows. Nobody outside gets further than the security check.
 */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";

/** 06 erase, 50 and 52 lock and unlock DF, 54 unlock key. */
export function issuerOnly(): ResponseApdu {
  return answer(undefined, SW.SECURITY_STATUS);
}

/** 8A manage attributes: only two values of P1 reach the issuer check. */
export function manageAttributes({ p1 }: CommandApdu): ResponseApdu {
  requireThat(p1 === 0x22 || p1 === 0x24, SW.WRONG_P1P2);
  return answer(undefined, SW.SECURITY_STATUS);
}

/** FC "that was the last command": accepted by the iPhone profile, 6700 on a plastic card. */
export function lastCommand({ p1, p2, data }: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(card.image.profile === "iphone" && data.length === 0, SW.WRONG_LENGTH);
  requireThat(p1 === 0 && p2 === 0, SW.WRONG_P1P2);
  return answer();
}

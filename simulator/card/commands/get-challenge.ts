/** GET CHALLENGE (00 84): up to 256 random bytes at any level of the card (card-facts 0.3-9, T12). */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";

const CHALLENGE_MAX = 256;

export function getChallenge(command: CommandApdu, card: CardContext): ResponseApdu {
  const { p1, p2, data, ne, extended } = command;
  requireThat(p1 === 0 && p2 === 0, SW.WRONG_P1P2);
  requireThat(data.length === 0 && ne > 0, SW.WRONG_LENGTH);
  requireThat(!(extended && card.has("challengeRefusesExtendedLe")), SW.CONDITIONS);
  // UNVERIFIED: that the extended form is taken up to this length, and the status beyond it.
  requireThat(ne <= CHALLENGE_MAX, SW.CONDITIONS);
  card.session.challenge = card.random.bytes(ne);
  return answer(card.session.challenge);
}

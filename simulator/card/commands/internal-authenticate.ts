/** INTERNAL AUTHENTICATE (00 88): the 共通AP signs a challenge without a PIN (card-facts 6.2, T11). */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { referencedFile, shortIdentifier } from "../file-system.ts";
import { signParts } from "../record-signature.ts";
import { MODULUS_BYTES } from "../rsa.ts";

const CHALLENGE_MAX = 255;

export function internalAuthenticate(command: CommandApdu, card: CardContext): ResponseApdu {
  const { p1, p2, data, ne } = command;
  requireThat(p1 === 0x00, SW.WRONG_P1P2);
  const key = referencedFile(card, shortIdentifier(p2), SW.REFERENCE_NOT_FOUND);
  requireThat(key.kind === "key", SW.FILE_STRUCTURE);
  const guarded = key.use !== "free";
  requireThat(
    key.purpose === "internal-authentication",
    guarded ? SW.SECURITY_STATUS : SW.CONDITIONS,
  );
  requireThat(data.length >= 1 && data.length <= CHALLENGE_MAX, SW.WRONG_LENGTH);
  requireThat(ne >= MODULUS_BYTES, SW.WRONG_LENGTH);
  return answer(signParts(key.privateKey, data));
}

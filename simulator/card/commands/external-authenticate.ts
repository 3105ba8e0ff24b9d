/**
 * EXTERNAL AUTHENTICATE (00 82): somebody outside proves a key by signing the card's last challenge,
 * and earns what that key opens.
 *
 * UNVERIFIED throughout: card-facts section 4 knows no key that this command works with. It is the
 * guess of 6.3 for the step after a terminal certificate, and serves free-area applications (6.4).
 */
import { type KeyObject, verify } from "node:crypto";
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { referencedFile, shortIdentifier } from "../file-system.ts";
import type { PublicKeyFile } from "../files.ts";
import { publicKeyFrom } from "../rsa.ts";

const SIGNATURE_BYTES = 256;

export function externalAuthenticate(command: CommandApdu, card: CardContext): ResponseApdu {
  const { p1, p2, data } = command;
  requireThat(!card.has("noExternalAuthentication"), SW.REFERENCE_NOT_FOUND);
  requireThat(p1 === 0x00, SW.WRONG_P1P2);
  const file = referencedFile(card, shortIdentifier(p2), SW.REFERENCE_NOT_FOUND);
  requireThat(file.kind === "public-key", SW.FILE_STRUCTURE);
  const key = provableKey(file, card);
  const { challenge } = card.session;
  requireThat(key !== undefined && challenge !== undefined, SW.CONDITIONS);
  requireThat(data.length === SIGNATURE_BYTES, SW.WRONG_LENGTH);
  card.session.challenge = undefined;
  requireThat(verify("sha256", challenge, key, data), SW.VERIFY_FAILED);
  card.session.granted.add(file.id);
  return answer();
}

/** The terminal's own key where a CA is named, and only once its certificate was accepted. */
function provableKey(file: PublicKeyFile, card: CardContext): KeyObject | undefined {
  if (file.purpose === "terminal-ca") return card.session.terminal?.publicKey;
  return publicKeyFrom(file.publicKey);
}

/** COMPUTE DIGITAL SIGNATURE (80 2A), card-facts 4.1. */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { appletOf } from "../applets/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { currentApplication, findFile, referencedFile, shortIdentifier } from "../file-system.ts";
import type { FileImage } from "../files.ts";
import { MODULUS_BYTES, PSS_SALT_BYTES, privateKeyOf, SIGNATURE_MODES } from "../rsa.ts";
import { permits } from "../session.ts";

const APPLICATION_DEFAULT_KEY = 0x00;

export function computeDigitalSignature(command: CommandApdu, card: CardContext): ResponseApdu {
  const { p1, p2, data, ne } = command;
  const mode = SIGNATURE_MODES[p1];
  requireThat(mode !== undefined, SW.WRONG_P1P2);
  requireThat(p1 === 0 || !card.has("onlyPlainSignatures"), SW.WRONG_P1P2);
  const key = p2 === APPLICATION_DEFAULT_KEY ? defaultKey(card) : keyNamedBy(card, p2);
  requireThat(key.kind === "key", SW.FILE_STRUCTURE);
  requireThat(key.purpose === "signature", SW.CONDITIONS);
  requireThat(permits(card.session, key.use), SW.SECURITY_STATUS);
  requireThat(data.length > 0 && ne >= MODULUS_BYTES, SW.WRONG_LENGTH);
  const badLength = card.has("badSignatureLengthAnswers6700") ? SW.WRONG_LENGTH : SW.CONDITIONS;
  requireThat(data.length >= mode.min && data.length <= mode.max, badLength);
  // UNVERIFIED: the length of the PSS salt; 32 is what the one client that checks takes for granted.
  const salt = () => card.random.bytes(card.has("pssWithoutSalt") ? 0 : PSS_SALT_BYTES);
  return answer(mode.sign(privateKeyOf(key.privateKey), data, salt));
}

function keyNamedBy(card: CardContext, p2: number): FileImage {
  return referencedFile(card, shortIdentifier(p2), SW.REFERENCE_NOT_FOUND);
}

/** The key of the two 券面 applications that signs without a PIN; it does not become current. */
function defaultKey(card: CardContext): FileImage {
  const ap = currentApplication(card);
  const id = appletOf(ap)?.defaultKey;
  const file = id === undefined ? undefined : findFile(ap, id);
  requireThat(file !== undefined, SW.REFERENCE_NOT_FOUND);
  return file;
}

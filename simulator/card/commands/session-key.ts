/** SET SESSION KEY (80 AE): begins secure messaging with the text application (card-facts 6.5). */
import { constants, privateDecrypt } from "node:crypto";
import { byteAt, type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { TEXT } from "../applets/text.ts";
import { answer, type CardContext, Refusal, requireThat } from "../context.ts";
import { currentApplication, findFile } from "../file-system.ts";
import type { KeyFile } from "../files.ts";
import { MODULUS_BYTES, modulusOf, privateKeyOf } from "../rsa.ts";

/** What the encrypted block holds: `A0 22 80 20` and a seed of 32 bytes. */
const SEED_AT = 4;
const SEED_BYTES = 32;
const KEY_BYTES = 16;
const FRAME = [0xa0, 0x22, 0x80, 0x20];

export function setSessionKey({ p1, p2, data }: CommandApdu, card: CardContext): ResponseApdu {
  const ap = currentApplication(card);
  requireThat(ap?.name === "text", statusElsewhere(ap?.name));
  requireThat(p1 === 0 && p2 === 0, SW.WRONG_P1P2);
  requireThat(hasPresentedPin(card), SW.SECURITY_STATUS);
  const key = findFile(ap, TEXT.sessionPrivateKey);
  requireThat(key?.kind === "key" && key.purpose === "session", SW.REFERENCE_NOT_FOUND);
  requireThat(data.length === MODULUS_BYTES, SW.WRONG_LENGTH);
  requireThat(
    modulusOf(key.privateKey) > BigInt(`0x${Buffer.from(data).toString("hex")}`),
    SW.NO_DIAGNOSIS,
  );
  const seed = seedOf(decrypted(key, data));
  card.session.channel = { key: seed.slice(0, KEY_BYTES), counter: 1 };
  return answer();
}

/** 照合番号A alone was measured not to be enough; UNVERIFIED: 照合番号B is taken not to be either. */
function hasPresentedPin({ session, has }: CardContext): boolean {
  const codeB = has("sessionKeyTakesCodeB") && session.granted.has(TEXT.codeB);
  return codeB || session.granted.has(TEXT.pin);
}

function statusElsewhere(name: string | undefined): number {
  return name === "common" || name === "visual" ? SW.SECURITY_ENVIRONMENT : SW.SECURITY_STATUS;
}

/** RSAES-OAEP with SHA-256 for hash and mask. */
function decrypted({ privateKey }: KeyFile, block: Uint8Array): Uint8Array {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  try {
    const key = { key: privateKeyOf(privateKey), padding, oaepHash: "sha256" };
    return new Uint8Array(privateDecrypt(key, block));
  } catch {
    throw new Refusal(SW.WRONG_DATA);
  }
}

function seedOf(message: Uint8Array): Uint8Array {
  const framed = FRAME.every((byte, i) => message.length > i && byteAt(message, i) === byte);
  requireThat(framed && message.length === SEED_AT + SEED_BYTES, SW.WRONG_DATA);
  return message.slice(SEED_AT);
}

/**
 * The terminal's certificate for かざし利用 (80 A2), in two pieces (card-facts 6.3): 06 C1 brings the
 * body, 00 C1 the signature by the CA whose key is the current EF.
 *
 * UNVERIFIED: which status a signature gets that does not verify, and a CA the card does not know.
 */
import { createPublicKey, verify } from "node:crypto";
import { CodecError } from "../../errors.ts";
import {
  type CommandApdu,
  equal,
  parseTlv,
  type ResponseApdu,
  SW,
  uint16,
} from "../../iso7816/index.ts";
import { answer, type CardContext, Refusal, requireThat } from "../context.ts";
import { referencedFile } from "../file-system.ts";
import type { PublicKeyFile } from "../files.ts";
import { publicKeyFrom } from "../rsa.ts";

const CERTIFICATE_TAG = 0x7f21;
const BODY_TAG = 0x5f4e;
const SIGNATURE_TAG = 0x5f37;
const CERTIFICATE_BYTES = 568;
const BODY_BYTES = 297;
const SIGNATURE_BYTES = 256;
const KEY_ID_BYTES = 16;
/** Place of the modulus behind two key ids and `90 03 01 00 01 91 82 01 00`. */
const MODULUS_AT = 2 * KEY_ID_BYTES + 9;

export function loadTerminalCertificate(command: CommandApdu, card: CardContext): ResponseApdu {
  const { p1, p2, data } = command;
  const part = (p1 << 8) | p2;
  const known = part === 0x06c1 || part === 0x00c1;
  requireThat(known && !card.has("terminalCertificateRefused"), SW.WRONG_P1P2);
  const ca = referencedFile(card, 0, SW.FILE_NOT_FOUND);
  requireThat(ca.kind === "public-key" && ca.purpose === "terminal-ca", SW.FILE_STRUCTURE);
  if (part === 0x06c1) {
    card.session.terminal = { body: bodyOf(data) };
  } else {
    acceptSignature(ca, signatureOf(data), card);
  }
  return answer();
}

function acceptSignature(ca: PublicKeyFile, signature: Uint8Array, card: CardContext): void {
  const body = card.session.terminal?.body;
  requireThat(body !== undefined, SW.CONDITIONS);
  card.session.terminal = undefined;
  requireThat(equal(body.slice(0, KEY_ID_BYTES), ca.keyId), SW.REFERENCE_NOT_FOUND);
  requireThat(verify("sha256", body, publicKeyFrom(ca.publicKey), signature), SW.WRONG_DATA);
  card.session.terminal = { body, publicKey: terminalKey(body) };
}

/** The body inside a certificate whose signature has not come yet. */
function bodyOf(data: Uint8Array): Uint8Array {
  const opens = data.length > 5 && uint16(data, 0) === CERTIFICATE_TAG && data[2] === 0x82;
  requireThat(opens && uint16(data, 3) === CERTIFICATE_BYTES - 5, SW.WRONG_LENGTH);
  return wholeObject(data.slice(5), BODY_TAG, BODY_BYTES);
}

function signatureOf(data: Uint8Array): Uint8Array {
  return wholeObject(data, SIGNATURE_TAG, SIGNATURE_BYTES);
}

function wholeObject(data: Uint8Array, tag: number, length: number): Uint8Array {
  const object = parsed(data);
  const fits = object.tag === tag && object.value.length === length;
  requireThat(fits && object.length === data.length, SW.WRONG_LENGTH);
  return object.value;
}

function parsed(data: Uint8Array) {
  try {
    return parseTlv(data);
  } catch (error) {
    throw error instanceof CodecError ? new Refusal(SW.WRONG_LENGTH) : error;
  }
}

function terminalKey(body: Uint8Array) {
  const n = Buffer.from(body.slice(MODULUS_AT)).toString("base64url");
  return createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" });
}

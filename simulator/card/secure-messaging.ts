/**
 * Secure messaging of the text application (card-facts 6.5): CLA 08, AES-128 in CBC mode, an
 * initialisation vector from a counter of commands, and no authentication of messages.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { CodecError } from "../errors.ts";
import {
  type CommandApdu,
  concat,
  encodeTlv,
  parseTlv,
  type ResponseApdu,
  SW,
  uint16,
} from "../iso7816/index.ts";
import { readBinary } from "./commands/read-binary.ts";
import { select } from "./commands/select.ts";
import { verify } from "./commands/verify.ts";
import { type CardContext, type CommandHandler, Refusal, requireThat } from "./context.ts";
import type { SecureChannel } from "./session.ts";

/** Without authentication of messages. */
export const CLA_ENCRYPTED = 0x08;
/** With it, for which this card has no key. */
export const CLA_AUTHENTICATED = 0x0c;

const BLOCK = 16;
const PADDING_MARK = 0x80;
/** First byte of an encrypted object: ISO padding was applied. */
const PADDED = 0x01;
const EVERYTHING = 65536;

const SELECT = 0xa4;
const READ_BINARY = 0xb0;
const HANDLERS: ReadonlyMap<number, CommandHandler> = new Map([
  [0x20, verify],
  [SELECT, select],
  [READ_BINARY, readBinary],
]);

/** Answers a command of CLA 08 or 0C. Whatever is wrong with its form ends the session. */
export function secureMessage(command: CommandApdu, card: CardContext): ResponseApdu {
  const { channel } = card.session;
  requireThat(channel !== undefined, statusWithoutChannel(command.ins));
  const vector = nextVector(channel);
  requireThat(command.cla === CLA_ENCRYPTED, SW.SM_OBJECT_MISSING);
  const handler = HANDLERS.get(command.ins);
  // UNVERIFIED: what other instructions answer inside a session.
  requireThat(handler !== undefined, SW.SECURE_MESSAGING_NOT_SUPPORTED);
  if (command.ins !== READ_BINARY) {
    const data = formed(card, () => decrypt(channel, vector, command.data));
    return handler({ ...command, data, ne: 0 }, card);
  }
  const ne = formed(card, () => expectedLength(command));
  const response = handler({ ...command, data: new Uint8Array(0), ne }, card);
  return { ...response, data: encrypt(channel, vector, response.data) };
}

function statusWithoutChannel(ins: number): number {
  return ins === SELECT ? SW.SECURE_MESSAGING_NOT_SUPPORTED : SW.NO_SM_SESSION;
}

/** The initialisation vector of this command: its number, encrypted as one block. */
function nextVector(channel: SecureChannel): Uint8Array {
  const number = new Uint8Array(BLOCK);
  new DataView(number.buffer).setUint32(BLOCK - 4, channel.counter);
  channel.counter += 1;
  return aes(createCipheriv("aes-128-cbc", channel.key, new Uint8Array(BLOCK)), number);
}

/** Runs `read`; when the message is not formed as it should be, the session is over. */
function formed<T>(card: CardContext, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CodecError || error instanceof Refusal)) throw error;
    card.session.channel = undefined;
    throw new Refusal(SW.SM_OBJECT_WRONG);
  }
}

/** `86 L 01` and the ciphertext. */
function decrypt(channel: SecureChannel, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const object = onlyObject(data, 0x86);
  const ciphertext = object.slice(1);
  const blocks = ciphertext.length / BLOCK;
  requireThat(object[0] === PADDED && blocks >= 1 && Number.isInteger(blocks), SW.SM_OBJECT_WRONG);
  return unpad(aes(createDecipheriv("aes-128-cbc", channel.key, vector), ciphertext));
}

function encrypt(channel: SecureChannel, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const zeros = new Uint8Array(BLOCK - 1 - (data.length % BLOCK));
  const padded = concat(data, Uint8Array.of(PADDING_MARK), zeros);
  const cipher = createCipheriv("aes-128-cbc", channel.key, vector);
  return encodeTlv(0x86, Uint8Array.of(PADDED), aes(cipher, padded));
}

/** `96 03 00 LL LL`: how much to read, 0 for the rest of the file. */
function expectedLength({ data, ne }: CommandApdu): number {
  const length = onlyObject(data, 0x96);
  requireThat(length.length === 3 && length[0] === 0 && ne === EVERYTHING, SW.SM_OBJECT_WRONG);
  return uint16(length, 1) || EVERYTHING;
}

function onlyObject(data: Uint8Array, tag: number): Uint8Array {
  const object = parseTlv(data);
  requireThat(object.tag === tag && object.length === data.length, SW.SM_OBJECT_WRONG);
  return object.value;
}

function unpad(padded: Uint8Array): Uint8Array {
  const end = padded.findLastIndex((byte) => byte !== 0);
  requireThat(padded[end] === PADDING_MARK && padded.length - end <= BLOCK, SW.SM_OBJECT_WRONG);
  return padded.slice(0, end);
}

function aes(cipher: ReturnType<typeof createCipheriv>, data: Uint8Array): Uint8Array {
  cipher.setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
}

/**
 * From command bytes to response bytes: class, instruction, handler (card-facts section 4).
 *
 * CLA 00 is for ordinary commands and 80 for the card's own; only logical channel 0 exists. What no
 * handler claims answers 6D00 or 6E00, and with it the probes of other cards' drivers.
 */

import { CodecError } from "../errors.ts";
import {
  type CommandApdu,
  encodeResponse,
  parseCommand,
  type ResponseApdu,
  SW,
} from "../iso7816/index.ts";
import { changeKey, changeReferenceData } from "./commands/change-pin.ts";
import { getChallenge } from "./commands/get-challenge.ts";
import { readBinary } from "./commands/read-binary.ts";
import { select } from "./commands/select.ts";
import { computeDigitalSignature } from "./commands/sign.ts";
import { verify } from "./commands/verify.ts";
import { answer, type CardContext, type CommandHandler, Refusal, requireThat } from "./context.ts";

const HANDLERS: Readonly<Record<number, ReadonlyMap<number, CommandHandler>>> = {
  0: new Map([
    [0x20, verify],
    [0x24, changeReferenceData],
    [0x84, getChallenge],
    [0xa4, select],
    [0xb0, readBinary],
  ]),
  128: new Map([
    [0x2a, computeDigitalSignature],
    [0x32, changeKey],
  ]),
};

/** Answers one command. Never throws for what the command holds; only when saving the card fails. */
export function dispatch(bytes: Uint8Array, card: CardContext): Uint8Array {
  try {
    return encodeResponse(handle(understand(bytes, card), card));
  } catch (error) {
    if (error instanceof Refusal) return encodeResponse(answer(undefined, error.sw));
    throw error;
  }
}

function handle(command: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(!namesAnotherChannel(command.cla), SW.CHANNEL_NOT_SUPPORTED);
  const handlers = HANDLERS[command.cla];
  requireThat(handlers !== undefined, SW.CLA_NOT_SUPPORTED);
  const handler = handlers.get(command.ins);
  requireThat(handler !== undefined, SW.INS_NOT_SUPPORTED);
  return handler(command, card);
}

function understand(bytes: Uint8Array, card: CardContext): CommandApdu {
  const command = parse(bytes);
  requireThat(!(command.extended && card.has("noExtendedLength")), SW.WRONG_LENGTH);
  return command;
}

function parse(bytes: Uint8Array): CommandApdu {
  try {
    return parseCommand(bytes);
  } catch (error) {
    throw error instanceof CodecError ? new Refusal(SW.WRONG_LENGTH) : error;
  }
}

/** Channels 1 to 3 in the low bits of 0X, 1X and 8X; 4 to 19 in 4X to 7X (ISO/IEC 7816-4 5.4.1). */
function namesAnotherChannel(cla: number): boolean {
  if (cla >= 0x40 && cla <= 0x7f) return true;
  const carriesChannel = cla <= 0x1f || (cla & 0xf0) === 0x80;
  return carriesChannel && (cla & 0x03) !== 0;
}

/**
 * From command bytes to response bytes: class, instruction, handler (card-facts section 4).
 *
 * CLA 00 is for ordinary commands, 80 for the card's own and 08 for secure messaging; only logical
 * channel 0 exists. What no handler claims answers 6D00 or 6E00, and with it the probes of other cards' drivers.
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
import { externalAuthenticate } from "./commands/external-authenticate.ts";
import { getChallenge } from "./commands/get-challenge.ts";
import { getData } from "./commands/get-data.ts";
import { internalAuthenticate } from "./commands/internal-authenticate.ts";
import { issuerOnly, lastCommand, manageAttributes } from "./commands/issuer-only.ts";
import { readBinary } from "./commands/read-binary.ts";
import { readRecord } from "./commands/read-record.ts";
import { select } from "./commands/select.ts";
import { setSessionKey } from "./commands/session-key.ts";
import { computeDigitalSignature } from "./commands/sign.ts";
import { loadTerminalCertificate } from "./commands/terminal-certificate.ts";
import { updateBinary } from "./commands/update-binary.ts";
import { verify } from "./commands/verify.ts";
import { answer, type CardContext, type CommandHandler, Refusal, requireThat } from "./context.ts";
import { currentApplication } from "./file-system.ts";
import { CLA_AUTHENTICATED, CLA_ENCRYPTED, secureMessage } from "./secure-messaging.ts";

const CLA_ORDINARY = 0x00;
/** The card's own commands (JICSAP "system"). */
const CLA_OWN = 0x80;
const SELECT = 0xa4;

const ORDINARY: ReadonlyMap<number, CommandHandler> = new Map([
  [0x20, verify],
  [0x24, changeReferenceData],
  [0x82, externalAuthenticate],
  [0x84, getChallenge],
  [0x88, internalAuthenticate],
  [SELECT, select],
  [0xb0, readBinary],
  [0xb2, readRecord],
  [0xca, getData],
  [0xd6, updateBinary],
]);

const OWN: ReadonlyMap<number, CommandHandler> = new Map([
  [0x06, issuerOnly],
  [0x2a, computeDigitalSignature],
  [0x32, changeKey],
  [0x50, issuerOnly],
  [0x52, issuerOnly],
  [0x54, issuerOnly],
  [0x8a, manageAttributes],
  [0xa2, loadTerminalCertificate],
  [0xae, setSessionKey],
  [0xfc, lastCommand],
]);

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
  const handler = handlerOf(command);
  requireThat(command.ins === SELECT || !currentApplication(card)?.locked, SW.CONDITIONS);
  return handler(command, card);
}

function handlerOf({ cla, ins }: CommandApdu): CommandHandler {
  switch (cla) {
    case CLA_ORDINARY:
      return known(ORDINARY.get(ins));
    case CLA_OWN:
      return known(OWN.get(ins));
    case CLA_ENCRYPTED:
    case CLA_AUTHENTICATED:
      return secureMessage;
    default:
      throw new Refusal(SW.CLA_NOT_SUPPORTED);
  }
}

function known(handler: CommandHandler | undefined): CommandHandler {
  requireThat(handler !== undefined, SW.INS_NOT_SUPPORTED);
  return handler;
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

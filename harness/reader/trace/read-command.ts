/** From the bytes of a command to what the trace may say about it (card-facts section 4). */
import { parseCommand } from "../../../simulator/iso7816/index.ts";
import { readBinary, readRecord } from "./commands-read.ts";
import {
  changeKey,
  changeReferenceData,
  computeSignature,
  externalAuthenticate,
  getChallenge,
  internalAuthenticate,
  setSessionKey,
  terminalCertificate,
  verify,
} from "./commands-security.ts";
import { getData, select } from "./commands-select.ts";
import { notUnderstood, type Reading, type SentCommand } from "./reading.ts";
import type { CardView } from "./view.ts";

type Handler = (command: SentCommand, view: CardView) => Reading | undefined;

/** By class and instruction. A class that is not here is another command altogether. */
const COMMANDS: ReadonlyMap<number, { readonly name: string; readonly handle: Handler }> = new Map([
  [0x00a4, { name: "SELECT", handle: select }],
  [0x00b0, { name: "READ BINARY", handle: readBinary }],
  [0x00b2, { name: "READ RECORD", handle: readRecord }],
  [0x0020, { name: "VERIFY", handle: verify }],
  [0x0024, { name: "CHANGE REFERENCE DATA", handle: changeReferenceData }],
  [0x8032, { name: "CHANGE KEY", handle: changeKey }],
  [0x802a, { name: "COMPUTE DIGITAL SIGNATURE", handle: computeSignature }],
  [0x0088, { name: "INTERNAL AUTHENTICATE", handle: internalAuthenticate }],
  [0x0082, { name: "EXTERNAL AUTHENTICATE", handle: externalAuthenticate }],
  [0x0084, { name: "GET CHALLENGE", handle: getChallenge }],
  [0x00ca, { name: "GET DATA", handle: getData }],
  [0x80a2, { name: "VERIFY CERTIFICATE", handle: terminalCertificate }],
  [0x80ae, { name: "SET SESSION KEY", handle: setSessionKey }],
]);

/** Classes of encrypted commands (card-facts section 6.5). */
const SECURE_MESSAGING: ReadonlySet<number> = new Set([0x08, 0x0c]);

/**
 * One name for what is malformed and for what is not known: a client that sends a bare PIN for a
 * command would otherwise give away whether it has the length of some command.
 */
const STRANGE = { ja: "解釈できないコマンド", en: "command not understood" };

/** Never throws: what cannot be read is a reading too. */
export function readCommand(bytes: Uint8Array, view: CardView): Reading {
  const command = parsed(bytes);
  if (command === undefined) return notUnderstood(STRANGE);
  if (SECURE_MESSAGING.has(command.cla)) return secureMessaging(command);
  const known = COMMANDS.get((command.cla << 8) | command.ins);
  if (known === undefined) return notUnderstood(STRANGE);
  return known.handle(command, view) ?? notUnderstood(unusual(known.name));
}

function parsed(bytes: Uint8Array): SentCommand | undefined {
  try {
    return { ...parseCommand(bytes), bytes };
  } catch {
    return undefined;
  }
}

function secureMessaging(command: SentCommand): Reading {
  const name = COMMANDS.get(command.ins)?.name;
  const label = { ja: "セキュアメッセージング", en: "secure messaging" };
  if (name === undefined) return notUnderstood(label);
  return notUnderstood({ ja: `${name}（${label.ja}）`, en: `${name} (${label.en})` });
}

function unusual(name: string) {
  return { ja: `${name}（未知の形式）`, en: `${name} (unknown form)` };
}

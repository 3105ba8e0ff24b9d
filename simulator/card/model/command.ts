/** The bytes of an action, put together by hand and not by the codec (card-facts sections 4 and 6). */
import type { Action, Target } from "./action.ts";
import { TABLES } from "./tables.ts";

const INPUT = "AB";
/** No signature: greater than any modulus. */
const NO_SIGNATURE = "FF".repeat(256);

/**
 * The command APDU in hexadecimal. `{seed}` and `{other content}` stand for blocks that only whoever
 * holds the key of the card can make.
 */
export function apdu(action: Action): string {
  switch (action.do) {
    case "select application":
      return selection(action);
    case "select issuer domain":
      return "00A4040C07A0000001510000";
    case "select master file":
      return "00A40000";
    case "select file":
      return `00A4020C02${byte(action.id >> 8)}${byte(action.id)}`;
    case "read":
      return `00B0${place(action.target, action.offset)}${expected(action.ne)}`;
    case "read record":
      return `00B2${byte(action.record)}${byte((short(action.target) << 3) | action.mode)}00`;
    case "get data":
      return `00CA${byte(action.tag >> 8)}${byte(action.tag)}${expected(action.ne)}`;
    case "update":
      return `00D6${place(action.target, 0)}01FF`;
    case "verify":
      return `002000${reference(action.target)}${withLength(action.pin)}`;
    case "ask tries":
      return `002000${reference(action.target)}`;
    case "change PIN":
      return `${action.header}${withLength(action.pin)}`;
    case "sign":
      return signature(action);
    case "authenticate":
      return `008800${reference(action.target)}20${INPUT.repeat(32)}00`;
    case "pretend":
      return `008200${reference(action.target)}000100${NO_SIGNATURE}`;
    case "load no certificate":
      return `80A2${action.part}04DEADBEEF`;
    case "challenge":
      return `00840000${expected(action.ne)}`;
    case "set session key":
      return `80AE0000000100${BLOCKS[action.block]}`;
    case "read in secret":
      return `08B0${place("current", action.offset)}000005960300${word(action.ne)}0000`;
    case "bad secure message":
      return `${action.cla}${action.ins}008003860101`;
    case "nonsense":
      return action.apdu;
  }
}

const BLOCKS = {
  seed: "{seed}",
  "other content": "{other content}",
  noise: "5A".repeat(256),
  "beyond the modulus": NO_SIGNATURE,
};

/** As it is printed when a run fails: `verify {"target":24,"pin":"9999"} 002000980439393939`. */
export function describeAction(action: Action): string {
  const { do: name, ...details } = action;
  const bytes = apdu(action).replaceAll(/(..)\1{31,}/g, (run, of: string) => {
    return `(${of} x ${run.length / 2})`;
  });
  return `${name} ${JSON.stringify(details)} ${bytes}`;
}

/** What is signed. */
export function signedInput(bytes: number): string {
  return INPUT.repeat(bytes);
}

function selection({ ap, by }: Extract<Action, { do: "select application" }>): string {
  const { aid, beginning = aid } = TABLES[ap];
  const name = by === "beginning" ? beginning : aid;
  const withName = `${byte(name.length / 2)}${name}`;
  return by === "name, with FCI" ? `00A40400${withName}00` : `00A4040C${withName}`;
}

function signature({ target, mode, bytes }: Extract<Action, { do: "sign" }>): string {
  const key = target === "default" ? "00" : reference(target);
  const header = `802A${byte(mode)}${key}`;
  if (bytes === 0) return `${header}00`;
  return bytes > 255
    ? `${header}00${word(bytes)}${signedInput(bytes)}0000`
    : `${header}${byte(bytes)}${signedInput(bytes)}00`;
}

/** Le: short up to 256, extended beyond. */
function expected(ne: number): string {
  return ne <= 256 ? byte(ne) : `00${word(ne)}`;
}

function place(target: Target, offset: number): string {
  return target === "current" ? word(offset) : byte(0x80 | target) + byte(offset);
}

function reference(target: Target): string {
  return byte(0x80 | short(target));
}

function short(target: Target): number {
  return target === "current" ? 0 : target;
}

function withLength(pin: string): string {
  return byte(pin.length) + Buffer.from(pin, "latin1").toString("hex");
}

function word(value: number): string {
  return byte(value >> 8) + byte(value);
}

function byte(value: number): string {
  return (value & 0xff).toString(16).padStart(2, "0").toUpperCase();
}

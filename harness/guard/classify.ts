/**
 * What a command can do to a card (card-facts section 4). Only what is known to be harmless counts as
 * reading; what is not known is taken for the worst.
 */
import { type CommandApdu, parseCommand } from "../../simulator/iso7816/index.ts";

/**
 * - `reads`: leaves the card as it is, and needs no PIN;
 * - `signs`: uses a key that a PIN guards, which can bind the holder in law;
 * - `tries`: VERIFY with data, which may spend a try;
 * - `changes`: writes, loads keys or uses up something else, in a way that is known;
 * - `unknown`: may do anything;
 * - `never`: may spend a try in a way that cannot be watched.
 */
export type CommandKind = "reads" | "signs" | "tries" | "changes" | "unknown" | "never";

type Rule = CommandKind | ((command: CommandApdu) => CommandKind);

/** By class and instruction. Another class, chaining and channels among them, is unknown. */
const KINDS: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [0x00a4, "reads"], // SELECT
  [0x00b0, withoutData("reads")], // READ BINARY
  [0x00b2, withoutData("reads")], // READ RECORD
  [0x00ca, withoutData("reads")], // GET DATA
  // GET DATA of PC/SC part 3, to the reader: no card knows this class, and each refuses it.
  [0xffca, withoutData("reads")],
  [0x0084, withoutData("reads")], // GET CHALLENGE
  // INTERNAL AUTHENTICATE: this one key needs no PIN; nothing is kept.
  [0x0088, ({ p1, p2 }) => (p1 === 0 && p2 === 0x99 ? "reads" : "signs")],
  // COMPUTE DIGITAL SIGNATURE: an application's own key needs no PIN and proves the card alone.
  [0x802a, ({ p2 }) => (p2 === 0 ? "reads" : "signs")],
  [0x0020, verify],
  // CHANGE REFERENCE DATA, P1 01: the new PIN alone. With P1 00 it would try the old one too.
  [0x0024, ({ p1 }) => (p1 === 1 ? "changes" : "never")],
  [0x8032, ({ p1 }) => (p1 === 0 ? "changes" : "never")], // CHANGE KEY
  [0x0082, "changes"], // EXTERNAL AUTHENTICATE, whose key may have a counter
  [0x80a2, "changes"], // the terminal's certificate
  [0x80ae, "changes"], // SET SESSION KEY
  [0x00d6, "changes"], // UPDATE BINARY
  [0x00dc, "changes"], // UPDATE RECORD
]);

/** Instructions that try a PIN under every class: VERIFY and CHANGE REFERENCE DATA. */
const TRYING = new Set([0x20, 0x21, 0x24, 0x25, 0x32]);

export function classify(bytes: Uint8Array): CommandKind {
  const kind = kindOf(bytes);
  return kind === "unknown" && TRYING.has(bytes[1] ?? 0) ? "never" : kind;
}

function kindOf(bytes: Uint8Array): CommandKind {
  const command = parsed(bytes);
  if (command === undefined) return "unknown";
  const kind = KINDS.get((command.cla << 8) | command.ins) ?? "unknown";
  return typeof kind === "function" ? kind(command) : kind;
}

function verify({ p1, p2, data, ne }: CommandApdu): CommandKind {
  if (p1 !== 0 || (p2 & 0xe0) !== 0x80) return "never";
  if (data.length > 0) return "tries";
  // The empty VERIFY asks for the tries left. An Le that is not all zeros may be a PIN without Lc.
  return ne === 0 || ne === 256 || ne === 65536 ? "reads" : "never";
}

function withoutData(kind: CommandKind) {
  return ({ data }: CommandApdu): CommandKind => (data.length === 0 ? kind : "unknown");
}

function parsed(bytes: Uint8Array): CommandApdu | undefined {
  try {
    return parseCommand(bytes);
  } catch {
    return undefined;
  }
}

/** How the trace understood one command: what it is called, what of it may be shown. */
import type { Bilingual } from "../../../reports/index.ts";
import { type CommandApdu, SW, toHex } from "../../../simulator/iso7816/index.ts";
import type { CatalogueFile } from "./catalogue.ts";
import { type CardView, NOTHING_KNOWN } from "./view.ts";

export interface Reading {
  readonly label: Bilingual;
  /** The command with markers for what must not be shown. */
  readonly command: string;
  /** The same for the data of its response. */
  response(data: Uint8Array, sw: number): string;
  /** What is known of the card when the response came with this status. */
  after(sw: number): CardView;
}

/** A command as the handlers see it: parsed, and as it was sent. */
export interface SentCommand extends CommandApdu {
  readonly bytes: Uint8Array;
}

/** Nothing of the command is certain, so nothing is shown and nothing is known afterwards. */
export function notUnderstood(label: Bilingual): Reading {
  return {
    label,
    command: marker(label.ja),
    response: (data) => hide("応答", data),
    after: () => NOTHING_KNOWN,
  };
}

/** Class, instruction and parameters. */
export function header(command: SentCommand): string {
  return toHex(command.bytes.subarray(0, 4));
}

/** The whole command, for those whose every byte may be shown. */
export function whole(command: SentCommand): string {
  return words(header(command), toHex(command.bytes.subarray(4)));
}

/** What may be shown of bytes that were read from `file` at `offset` with this status. */
export function reveal(file: CatalogueFile, data: Uint8Array, sw: number, offset = 0): string {
  const read = sw === SW.OK || sw === SW.END_OF_FILE;
  const end = read ? Math.max(0, file.shown - offset) : 0;
  return words(toHex(data.subarray(0, end)), hide(file.name.ja, data.subarray(end)));
}

/** A marker with name and size; nothing for nothing. */
export function hide(name: string, data: Uint8Array): string {
  return data.length === 0 ? "" : marker(`${name} ${data.length} bytes`);
}

export function marker(text: string): string {
  return `‹${text}›`;
}

/** Joins what is not empty. */
export function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** `SELECT` and a name behind it, in both languages. */
export function named(verb: string, name: Bilingual): Bilingual {
  return { ja: `${verb} ${name.ja}`, en: `${verb} ${name.en}` };
}

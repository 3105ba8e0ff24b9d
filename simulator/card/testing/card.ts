/** A powered card and a way to talk to it in hexadecimal. */
import { fromHex, parseResponse, SW, toHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { SimulatedCard } from "../card.ts";
import type { CardImage } from "../image.ts";
import { personalise } from "../personalise.ts";
import type { Quirks } from "../quirks.ts";
import type { CardSpec } from "../spec.ts";
import { MemoryCardStore } from "../store.ts";
import { fullSpec, testSpec } from "./spec.ts";

export const SELECT_JPKI = "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01";
export const SELECT_TEXT = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08";

export const SELECT_VISUAL = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02";
export const SELECT_JUKI = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 01";
export const SELECT_COMMON = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00";

export function selectFile(id: string): string {
  return `00 A4 02 0C 02 ${id}`;
}

/** VERIFY of the current PIN with ASCII `pin`. */
export function verify(pin: string): string {
  return command("00200080", new TextEncoder().encode(pin));
}

/** Case 3 command: header, Lc, data; in the extended form when the data are long. */
export function command(header: string, data: Uint8Array): string {
  const short = data.length <= 255;
  const lc = data.length.toString(16).padStart(short ? 2 : 6, "0");
  return header + lc + toHex(data);
}

export interface TestCard {
  readonly card: SimulatedCard;
  readonly store: MemoryCardStore;
  /** Sends one command; gives the response in hexadecimal without spaces. */
  send(hex: string): string;
  /** Sends one command that has to succeed; gives the data of the response. */
  data(hex: string): Uint8Array;
  /** Sends commands one after another; gives the last two bytes of each response. */
  statuses(...commands: readonly string[]): string[];
}

export function testCard(spec: CardSpec = testSpec()): TestCard {
  return cardOf(personalise(spec));
}

/** A card that was made before: for tests that need many of them. */
export function cardOf(image: CardImage): TestCard {
  const store = new MemoryCardStore();
  const card = new SimulatedCard(image, { store, random: new Random("test card") });
  card.powerOn();
  const send = (hex: string) => toHex(card.transmit(fromHex(hex)));
  const statuses = (...commands: readonly string[]) => commands.map((hex) => send(hex).slice(-4));
  const data = (hex: string) => {
    const { data: found, sw } = parseResponse(card.transmit(fromHex(hex)));
    if (sw !== SW.OK) throw new Error(`${hex} answered ${sw.toString(16)}`);
    return found;
  };
  return { card, store, send, data, statuses };
}

/** A card with everything on it that has these quirks. */
export function quirkyCard(quirks: Quirks): TestCard {
  return testCard(fullSpec({ quirks }));
}

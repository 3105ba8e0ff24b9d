/**
 * One command from the host through a reader to its card, and the answer back: CCID messages to the
 * reader (USB CCID 1.1 section 6.1.4), frames through the air, and the time the card asks for
 * (ISO/IEC 14443-4 7.3). Nothing here waits: the time it would take is added to the reader's clock.
 */
import type { LabClock } from "../clock.ts";
import type { VirtualCard } from "./card-slot.ts";
import type { ReaderCondition } from "./conditions.ts";
import type { ReaderFault, Waiting } from "./faults.ts";
import { airTime, countParts } from "./frames.ts";
import { type ReaderTraits, splitsMessages, takesExtended } from "./traits.ts";

/** Length of a CCID message's header. */
const MESSAGE_HEADER = 10;
/** Milliseconds: FWT may not exceed it, whatever the card asks for. */
const WAITING_TIME_MAX = 4949;

/** What has gone through a reader since it was made. */
export interface Traffic {
  /** I-blocks in the air, both ways. */
  frames: number;
  /** CCID messages, both ways. */
  messages: number;
  /** Waiting time extensions the card asked for. */
  extensions: number;
}

/** The reader an exchange goes through. */
export interface ReaderPath {
  readonly traits: ReaderTraits;
  readonly clock: LabClock;
  readonly traffic: Traffic;
  /** Takes the card out. */
  remove(): unknown;
  /** Lets the card lose its power, and find it again. */
  loseField(): void;
  fail(condition: ReaderCondition): Error;
}

/**
 * @param fault what goes wrong with this exchange
 * @param within milliseconds by the reader's clock after which the host gives up
 * @throws what `path.fail` makes of the conditions notTransacted, commDataLost and timeout, and of
 * the fault's own; whatever the card throws
 */
export async function exchange(
  path: ReaderPath,
  card: VirtualCard,
  command: Uint8Array,
  fault: ReaderFault | undefined,
  within: number,
): Promise<Uint8Array> {
  if (fault?.kind === "condition") throw path.fail(fault.condition);
  if (isExtended(command) && !takesExtended(path.traits)) throw path.fail("notTransacted");
  carry(path, command.length);
  const there = throughAir(path, command.length);
  if (fault?.kind === "removal") {
    path.remove();
    return new Promise(() => undefined);
  }
  const response = await card.transmit(command);
  const thought = fault?.kind === "waiting" ? askForTime(path, fault) : 0;
  const back = throughAir(path, response.length);
  carry(path, response.length);
  pass(path, there + thought + back, within);
  return response;
}

/** Lc or Le of two bytes: the fifth byte is 00 and is not the last. */
function isExtended(command: Uint8Array): boolean {
  return command.length > 5 && command[4] === 0;
}

/**
 * Takes a command or an answer over USB. The host cuts as the reader says it can take; the reader
 * fails where it cannot.
 */
function carry({ traits, traffic, fail }: ReaderPath, length: number): void {
  const { maxMessage, announcedMessage = maxMessage } = traits;
  const announced = announcedMessage - MESSAGE_HEADER;
  const real = maxMessage - MESSAGE_HEADER;
  const split = splitsMessages(traits);
  const longest = Math.min(length, announced);
  if (longest > real || (!split && length > announced)) throw fail("notTransacted");
  traffic.messages += Math.max(1, Math.ceil(length / announced));
}

/** Milliseconds an APDU of so many bytes is on its way; its bytes arrive as they left. */
function throughAir({ traits, traffic }: ReaderPath, length: number): number {
  const parts = countParts(length, traits.frame);
  traffic.frames += parts;
  return airTime(length, parts);
}

/** Milliseconds the card took. */
function askForTime(
  { traits, traffic, loseField, fail }: ReaderPath,
  { milliseconds, multiple = 1 }: Waiting,
): number {
  const granted = Math.min(traits.frameWaitingTime * multiple, WAITING_TIME_MAX);
  traffic.extensions += Math.ceil(milliseconds / granted);
  if (traits.waiting === "granted") return milliseconds;
  loseField();
  throw fail("commDataLost");
}

function pass({ clock, fail }: ReaderPath, milliseconds: number, within: number): void {
  clock.advance(Math.min(milliseconds, within));
  if (milliseconds > within) throw fail("timeout");
}

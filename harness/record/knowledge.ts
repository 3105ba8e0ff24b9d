/**
 * What a recording knows about the card: its answer to reset, what of its files was shown, how long
 * they are at least, and how many tries were left when the session began. It follows the selection
 * as the card does (card-facts section 2.6), through what was shown of the commands.
 */
import { fromHex, parseCommand, SW, toHex, uint16 } from "../../simulator/iso7816/index.ts";
import { isReaderAct, type RecordedStep, type Recording, statusOf } from "./recording.ts";

/** A file by upper-case AID and identifier. */
export interface KnownFile {
  readonly aid: string;
  readonly id: number;
}

export interface KnownContent extends KnownFile {
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Bytes behind those that were not shown, and are there. */
  readonly hidden: number;
}

export interface KnownTries extends KnownFile {
  readonly left: number;
}

export interface CardKnowledge {
  readonly atr?: Uint8Array;
  readonly contents: readonly KnownContent[];
  readonly objects: readonly { readonly tag: number; readonly value: Uint8Array }[];
  readonly tries: readonly KnownTries[];
}

export function knowledgeOf({ steps }: Recording): CardKnowledge {
  const atr = steps.find(({ sent, received }) => isReaderAct(sent) && received !== undefined);
  const contents: KnownContent[] = [];
  const objects: { tag: number; value: Uint8Array }[] = [];
  const tries = new Map<string, KnownTries>();
  let selected: Selection = {};
  for (const step of steps) {
    const command = visible(step);
    selected = selectedAfter(step, command, selected);
    if (command === undefined) continue;
    const content = contentRead(step, command, selected);
    if (content !== undefined) contents.push(content);
    const object = objectRead(step, command, selected);
    if (object !== undefined) objects.push(object);
    const left = triesSeen(step, command, selected);
    const key = `${left?.aid}/${left?.id}`;
    // Later answers tell of what the session itself did.
    if (left !== undefined && !tries.has(key)) tries.set(key, left);
  }
  return {
    ...(atr?.received !== undefined && { atr: fromHex(atr.received) }),
    contents,
    objects,
    tries: [...tries.values()],
  };
}

interface Selection {
  readonly aid?: string;
  readonly id?: number;
}

interface VisibleCommand {
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Empty where it is a hole. */
  readonly data: Uint8Array;
  readonly hole: boolean;
}

/** Undefined for what is no command, or one that nothing is shown of. */
function visible({ sent }: RecordedStep): VisibleCommand | undefined {
  if (isReaderAct(sent) || !/^[0-9A-F]{8}/.test(sent)) return undefined;
  const hole = sent.includes("‹");
  const shown = fromHex(hole ? sent.slice(0, 8) : sent.replaceAll(" ", ""));
  try {
    const { ins, p1, p2, data } = parseCommand(shown);
    return { ins, p1, p2, data, hole };
  } catch {
    return undefined;
  }
}

function selectedAfter(
  step: RecordedStep,
  command: VisibleCommand | undefined,
  before: Selection,
): Selection {
  if (step.sent === "CLOSE" || step.error !== undefined) return {};
  if (isReaderAct(step.sent)) return step.sent === "RESET COLD" ? CARD_MANAGER : {};
  if (command === undefined) return {};
  const status = statusOf(step);
  const { ins, p1, p2, data } = command;
  if (ins === 0xa4 && status !== SW.OK) return {};
  if (ins === 0xa4 && p1 === 0x04) return { aid: toHex(data) };
  if (ins === 0xa4 && p1 === 0x02 && data.length === 2) return { ...before, id: uint16(data, 0) };
  if (ins === 0xa4) return {};
  const sfi = shortFile(ins, p1, p2);
  const found = status === SW.OK || status === SW.END_OF_FILE || (status ?? 0) >> 8 === 0x63;
  if (sfi === undefined) return before;
  return found ? { ...before, id: sfi } : { ...(before.aid !== undefined && { aid: before.aid }) };
}

const CARD_MANAGER: Selection = { aid: "A0000001510000" };

/** The short identifier by which READ BINARY, READ RECORD and VERIFY select in passing. */
function shortFile(ins: number, p1: number, p2: number): number | undefined {
  const sfi = ins === 0xb0 ? (p1 & 0x80) !== 0 && p1 & 0x1f : ins === 0xb2 ? p2 >> 3 : p2 & 0x1f;
  const names = ins === 0xb0 || ins === 0xb2 || ins === 0x20;
  return names && typeof sfi === "number" && sfi > 0 ? sfi : undefined;
}

function contentRead(
  step: RecordedStep,
  { ins, p1, p2 }: VisibleCommand,
  { aid, id }: Selection,
): KnownContent | undefined {
  const answer = shownIn(step);
  if (ins !== 0xb0 || aid === undefined || id === undefined || answer === undefined) {
    return undefined;
  }
  return { aid, id, offset: (p1 & 0x80) === 0 ? (p1 << 8) | p2 : p2, ...answer };
}

function objectRead(step: RecordedStep, { ins, p1, p2 }: VisibleCommand, { aid }: Selection) {
  const answer = shownIn(step);
  if (ins !== 0xca || aid !== CARD_MANAGER.aid || answer === undefined || answer.hidden > 0) {
    return undefined;
  }
  return { tag: (p1 << 8) | p2, value: answer.bytes };
}

/** What an answer that brought data shows of it, and how much it hides. */
function shownIn(step: RecordedStep): { bytes: Uint8Array; hidden: number } | undefined {
  const status = statusOf(step);
  if (status !== SW.OK && status !== SW.END_OF_FILE) return undefined;
  const data = (step.received ?? "").replace(/ ?[0-9A-F]{4}$/, "");
  const [, hex = "", hidden = "0"] = /^([0-9A-F]*) ?(?:‹.* (\d+) bytes›)?$/.exec(data) ?? [];
  if (data === "") return undefined;
  return { bytes: fromHex(hex), hidden: Number(hidden) };
}

const BLOCKED: readonly number[] = [SW.AUTHENTICATION_BLOCKED, SW.REFERENCE_DATA_LOCKED];

function triesSeen(
  step: RecordedStep,
  { ins, hole }: VisibleCommand,
  { aid, id }: Selection,
): KnownTries | undefined {
  const status = statusOf(step);
  if (ins !== 0x20 || aid === undefined || id === undefined || status === undefined) {
    return undefined;
  }
  if (BLOCKED.includes(status)) return { aid, id, left: 0 };
  if (status >> 4 !== 0x63c) return undefined;
  // A refused PIN has spent one.
  return { aid, id, left: (status & 0x0f) + (hole ? 1 : 0) };
}

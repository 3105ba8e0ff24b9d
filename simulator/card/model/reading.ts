/** What can be read of the model: files, records, data objects (card-facts sections 2 and 4). */
import type { Action } from "./action.ts";
import { data, type Outcome, type Source, status } from "./outcome.ts";
import type { ModelState } from "./state.ts";
import { OBJECT_SIZES } from "./tables.ts";

/** Contact ATR without its first byte. */
const ATR = 0x5f51;
const AES_BLOCK = 16;
/** The longest object whose length takes one byte. */
const SHORT_OBJECT = 127;

export function read(
  card: ModelState,
  { target, offset, ne }: Extract<Action, { do: "read" }>,
): Outcome {
  const file = card.find(target, 0x6a82);
  if (typeof file === "number") return status(file);
  if (file.kind !== "bytes") return status(0x6981);
  if (!card.opens(file.by)) return status(0x6982);
  if (file.size === undefined) return { sw: [0x9000, 0x6b00], saves: [], ...here(card, offset) };
  if (offset >= file.size) return status(0x6b00);
  return data(Math.min(ne, file.size - offset), here(card, offset).source);
}

function here({ ap, file }: ModelState, offset: number): { source?: Source } {
  if (ap === undefined || file === undefined) return {};
  return { source: { of: "file", ap, file, offset } };
}

export function readRecord(
  card: ModelState,
  { target, record, mode }: Extract<Action, { do: "read record" }>,
): Outcome {
  if (mode !== 4 && mode !== 5) return status(0x6a81);
  const file = card.find(target, 0x6a82);
  if (typeof file === "number") return status(file);
  if (file.kind !== "records") return status(0x6981);
  return record === 1 ? data(undefined, here(card, 0).source) : status(0x6a83);
}

/** An object that is longer than Le asks for is not cut (2.7). */
export function getData(
  card: ModelState,
  { tag, ne }: Extract<Action, { do: "get data" }>,
): Outcome {
  const size = OBJECT_SIZES[tag];
  if (tag === ATR && card.ap === undefined) return status(0x9000, 0x6a88);
  const absent = !(tag in OBJECT_SIZES) || (card.ap !== undefined && tag !== ATR);
  if (absent) return status(0x6a88, 0x6a82);
  return size !== undefined && size > ne ? status(0x6700) : data(size);
}

/** Secure messaging (6.5): the answer is one object, filled up to whole blocks. */
export function readInSecret(
  card: ModelState,
  { offset, ne }: Extract<Action, { do: "read in secret" }>,
): Outcome {
  if (!card.secure) return status(0x69fc);
  const {
    source: _plain,
    bytes,
    ...outcome
  } = read(card, {
    do: "read",
    target: "current",
    offset,
    ne: ne || 65536,
  });
  if (bytes === undefined) return outcome;
  const value = 1 + (Math.floor(bytes / AES_BLOCK) + 1) * AES_BLOCK;
  return value <= SHORT_OBJECT ? { ...outcome, bytes: 2 + value } : outcome;
}

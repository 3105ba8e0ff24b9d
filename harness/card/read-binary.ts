/**
 * READ BINARY on the current EF (card-facts section 4): short with a 15-bit offset, or extended for
 * everything at once. 6282 and 6B00 are ends of the file, not errors.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import { concat, SW } from "../../simulator/iso7816/index.ts";
import { BenchError } from "../errors.ts";
import { type CardError, dataError } from "./card-error.ts";
import type { CardFile } from "./card-file.ts";
import type { Exchange } from "./exchange.ts";

const OFFSET_MAX = 0x7fff;
const EXTENDED_LE_MAX = 65536;
const NOTHING = new Uint8Array(0);

/** One command for `length` bytes, 1 to 256; what comes is shorter at the end of the file, or empty. */
export async function readBinary(
  exchange: Exchange,
  file: CardFile,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  if (offset > OFFSET_MAX) throw brokenOff(file, offset);
  const { data, sw } = await exchange({
    cla: 0x00,
    ins: 0xb0,
    p1: offset >> 8,
    p2: offset & 0xff,
    ne: length,
    accepts: isReadStatus,
    purpose: reading(file),
  });
  if (data.length > length) throw tooMuch(file, data.length, length);
  return sw === SW.OFFSET ? NOTHING : data;
}

/** Bytes `from` up to and not including `to`, or up to the end of the file if that comes first. */
export async function readUpTo(
  exchange: Exchange,
  file: CardFile,
  from: number,
  to: number,
  chunk: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let offset = from; offset < to; ) {
    const part = await readBinary(exchange, file, offset, Math.min(chunk, to - offset));
    if (part.length === 0) break;
    parts.push(part);
    offset += part.length;
  }
  return concat(...parts);
}

/** Bytes `from` up to and not including `to`, all of them. @throws CardError CARD_DATA_INVALID */
export async function readRange(
  exchange: Exchange,
  file: CardFile,
  from: number,
  to: number,
  chunk: number,
): Promise<Uint8Array> {
  const bytes = await readUpTo(exchange, file, from, to, chunk);
  if (bytes.length < to - from) throw brokenOff(file, from + bytes.length, to);
  return bytes;
}

/**
 * One command of extended length for the whole file; empty when the reader cannot pass it on (it
 * fails the exchange) or the card refuses it (6700, 6D00, 6E00).
 */
export async function readAtOnce(exchange: Exchange, file: CardFile): Promise<Uint8Array> {
  const command = { cla: 0x00, ins: 0xb0, p1: 0x00, p2: 0x00, ne: EXTENDED_LE_MAX, extended: true };
  const purpose = reading(file);
  try {
    const { data, sw } = await exchange({ ...command, accepts: isReadStatus, purpose });
    return sw === SW.OFFSET ? NOTHING : data;
  } catch (error) {
    if (isRefusal(error)) return NOTHING;
    throw error;
  }
}

/** The words for reading this file, in errors and reports. */
export function reading({ label }: CardFile): Bilingual {
  return { ja: `${label.ja}の読出し`, en: `read the ${label.en}` };
}

function isRefusal(error: unknown): boolean {
  const refusals = [
    "CARD_WRONG_LENGTH",
    "CARD_UNSUPPORTED",
    "READER_TRANSPORT",
    "READER_UNSUPPORTED",
  ];
  return error instanceof BenchError && refusals.includes(error.code);
}

function isReadStatus(sw: number): boolean {
  return sw === SW.OK || sw === SW.END_OF_FILE || sw === SW.OFFSET;
}

function brokenOff(file: CardFile, offset: number, announced?: number): CardError {
  const of = announced === undefined ? "" : `/${announced}`;
  return dataError(reading(file), {
    ja: `${offset}${of}バイトで途切れた`,
    en: `broken off at byte ${offset}${of}`,
  });
}

function tooMuch(file: CardFile, received: number, asked: number): CardError {
  return dataError(reading(file), {
    ja: `${asked}バイトの要求に${received}バイトの応答`,
    en: `${received} bytes came where ${asked} were asked for`,
  });
}

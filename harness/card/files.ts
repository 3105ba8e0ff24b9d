/**
 * Reading the transparent files of the selected AP, in short APDUs that every reader and card can do
 * (card-facts 4.2; platform-facts CR-08, CR-21, CR-22, CR-29). An object that announces its length
 * is read to exactly that length or not at all; filler behind it is left alone.
 */
import { concat, equal, fromHex } from "../../simulator/iso7816/index.ts";
import { announcedLength } from "./announced-length.ts";
import { type CardError, dataError, requireInput } from "./card-error.ts";
import { type CardFile, selectFile } from "./card-file.ts";
import type { Exchange } from "./exchange.ts";
import { readAtOnce, readBinary, reading, readRange, readUpTo } from "./read-binary.ts";

export interface ReadOptions {
  /** Greatest number of bytes asked for at once, 1 to 256. Default 256, sent as Le 00. */
  readonly chunk?: number;
  /**
   * Ask for the whole file in one command of extended length first, and go on with short ones where
   * reader or card refuse it or give less. Default false: not every reader passes it on.
   */
  readonly extended?: boolean;
}

const SHORT_LE_MAX = 256;
const DER_HEADER = 4;
const CHUNK_BYTES = { ja: "chunkのバイト数", en: "bytes of chunk" };

/** The whole file to its end, filler included. A short answer is the end of the file. */
export async function readFile(
  exchange: Exchange,
  file: CardFile,
  options: ReadOptions = {},
): Promise<Uint8Array> {
  const { chunk, start } = await open(exchange, file, options);
  const parts = [start];
  for (let offset = start.length; ; ) {
    const part = await readBinary(exchange, file, offset, chunk);
    parts.push(part);
    offset += part.length;
    if (part.length < chunk) return concat(...parts);
  }
}

/**
 * The first `length` bytes of a file whose size is known.
 *
 * @throws CardError CARD_DATA_INVALID when the file is shorter
 */
export async function readExactly(
  exchange: Exchange,
  file: CardFile,
  length: number,
  options: ReadOptions = {},
): Promise<Uint8Array> {
  const { chunk } = await open(exchange, file, { ...options, extended: false });
  return readRange(exchange, file, 0, length, chunk);
}

/**
 * The certificate a file starts with, `30 82 LL LL`; undefined when the file is empty or nothing but
 * filler (FF or 00).
 *
 * @throws CardError CARD_DATA_INVALID for other content and for a file that ends within the object
 */
export async function readDer(
  exchange: Exchange,
  file: CardFile,
  options: ReadOptions = {},
): Promise<Uint8Array | undefined> {
  const { chunk, start } = await open(exchange, file, options);
  const enough = start.length >= DER_HEADER;
  const header = enough ? start : await readUpTo(exchange, file, 0, DER_HEADER, chunk);
  if (isFiller(header)) return undefined;
  if (!startsWith(header, Uint8Array.of(0x30, 0x82))) throw notAnObject(file);
  return complete(exchange, file, chunk, start, header);
}

/** A file that starts with one BER-TLV object. */
export interface RecordFile extends CardFile {
  /** Tag of the object: 0xFF20, 0x7F21. */
  readonly tag: number;
  /** Bytes to read before the length is looked at, at least those of the header. */
  readonly first: number;
}

/**
 * The BER-TLV object a file starts with, header included; undefined when the file is empty or
 * nothing but filler.
 *
 * @throws CardError CARD_DATA_INVALID as `readDer` does, and for another tag
 */
export async function readObject(
  exchange: Exchange,
  file: RecordFile,
  options: ReadOptions = {},
): Promise<Uint8Array | undefined> {
  const opened = await open(exchange, file, options);
  const { chunk } = opened;
  const enough = opened.start.length >= file.first;
  const start = enough ? opened.start : await readUpTo(exchange, file, 0, file.first, chunk);
  if (isFiller(start)) return undefined;
  // What follows another tag is no length; as one, it would come to light in an error.
  if (!startsWith(start, fromHex(file.tag.toString(16)))) throw notAnObject(file);
  return complete(exchange, file, chunk, start, start);
}

interface Opened {
  readonly chunk: number;
  /** What one extended READ BINARY gave, or nothing. */
  readonly start: Uint8Array;
}

async function open(exchange: Exchange, file: CardFile, options: ReadOptions): Promise<Opened> {
  const { chunk = SHORT_LE_MAX, extended = false } = options;
  requireInput(reading(file), CHUNK_BYTES, chunk, 1, SHORT_LE_MAX);
  await selectFile(exchange, file);
  return { chunk, start: extended ? await readAtOnce(exchange, file) : new Uint8Array(0) };
}

/** From the bytes in `start` on to where the object with this `header` ends. */
async function complete(
  exchange: Exchange,
  file: CardFile,
  chunk: number,
  start: Uint8Array,
  header: Uint8Array,
): Promise<Uint8Array> {
  const total = announcedLength(header);
  if (total === undefined) throw notAnObject(file);
  const read = start.slice(0, total);
  return concat(read, await readRange(exchange, file, read.length, total, chunk));
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return equal(bytes.subarray(0, start.length), start);
}

/** Empty, or FF or 00 throughout. */
function isFiller(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff) || bytes.every((byte) => byte === 0x00);
}

function notAnObject(file: CardFile): CardError {
  return dataError(reading(file), {
    ja: "ファイルの先頭が想定の構造でない",
    en: "the file does not start with the object it should hold",
  });
}

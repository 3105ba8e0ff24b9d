/**
 * The BER-TLV records of the 券面 applications (card-facts section 5), found by tag and never by
 * position: newer cards are reported with an outer header two bytes longer than older ones
 * (platform-facts CR-30), which shifts everything behind it.
 *
 * The records hold personal data, so an error tells which file is wrong and nothing of what is in it;
 * the codec's own messages, which quote bytes, are not passed on.
 */
import { concat, parseTlv, parseTlvs, type Tlv } from "../../simulator/iso7816/index.ts";
import { type CardError, dataError } from "./card-error.ts";
import type { CardFile } from "./card-file.ts";
import type { Exchange } from "./exchange.ts";
import { type ReadOptions, type RecordFile, readObject } from "./files.ts";
import { reading } from "./read-binary.ts";

/** Bytes to read first: two of tag and three of length, the longest outer header, and a tag within. */
export const HEADER = 7;

/** Value of the outer object. @throws CardError CARD_DATA_INVALID when it is not there */
export async function readRecord(
  exchange: Exchange,
  file: RecordFile,
  options: ReadOptions,
): Promise<Uint8Array> {
  const bytes = await readObject(exchange, file, options);
  if (bytes === undefined) throw damaged(file);
  return parseTlv(bytes).value;
}

/** A record that is a sequence of objects. @throws CardError CARD_DATA_INVALID */
export async function readFields(
  exchange: Exchange,
  file: RecordFile,
  options: ReadOptions,
): Promise<RecordFields> {
  return new RecordFields(file, await readRecord(exchange, file, options));
}

/** The objects within a record's value, by tag. */
export class RecordFields {
  readonly #file: RecordFile;
  readonly #value: Uint8Array;
  readonly #fields: readonly Tlv[];

  /** @throws CardError CARD_DATA_INVALID when the value is no sequence of BER-TLV objects */
  constructor(file: RecordFile, value: Uint8Array) {
    this.#file = file;
    this.#value = value;
    this.#fields = parsed(file, () => parseTlvs(value));
  }

  /** Value of the object with this tag. @throws CardError CARD_DATA_INVALID when it is not there */
  value(tag: number): Uint8Array {
    return this.#field(tag).value;
  }

  /** UTF-8, of which ASCII is part. */
  text(tag: number): string {
    return textOf(this.#file, this.value(tag));
  }

  /** The objects as they are stored, headers included, one after another: what signatures cover. */
  stored(...tags: readonly number[]): Uint8Array {
    const objects = tags.map((tag) => {
      const { offset, length } = this.#field(tag);
      return this.#value.subarray(offset, offset + length);
    });
    return concat(...objects);
  }

  #field(tag: number): Tlv {
    const field = this.#fields.find((candidate) => candidate.tag === tag);
    if (field === undefined) throw damaged(this.#file);
    return field;
  }
}

/** @throws CardError CARD_DATA_INVALID for bytes that are not UTF-8 */
export function textOf(file: CardFile, bytes: Uint8Array): string {
  return parsed(file, () => new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

export function damaged(file: CardFile): CardError {
  return dataError(reading(file), {
    ja: "ファイルの構造が想定と違う",
    en: "the file does not have the structure it should have",
  });
}

function parsed<T>(file: CardFile, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw damaged(file);
  }
}

/**
 * Functions of the TWN4 API that a reader of type B cards needs, and their types (reader-facts 4.3):
 * 16 and 32 bit numbers have their lower byte first, byte strings their length before them.
 */
import { byteAt, concat } from "../../iso7816/index.ts";

/** API and function number. */
export const CALL = {
  reset: [0x00, 0x01],
  getVersionString: [0x00, 0x04],
  searchTag: [0x05, 0x00],
  setRfOff: [0x05, 0x01],
  setTagTypes: [0x05, 0x02],
  getAts: [0x12, 0x00],
  getAtqb: [0x12, 0x01],
  checkPresence: [0x12, 0x02],
  exchange: [0x12, 0x03],
  getAttribAnswer: [0x12, 0x06],
  exchangeFrame: [0x12, 0x07],
} as const;

/** First byte of every answer. */
export const RESULT = {
  ok: 0x00,
  unknownFunction: 0x01,
  missingParameter: 0x02,
  unusedParameters: 0x03,
  invalidFunction: 0x04,
  parserError: 0x05,
} as const;

/** Tag types for SetTagTypes, and what SearchTag calls them. */
export const TAG = { typeA: { bit: 0x01, name: 0x80 }, typeB: { bit: 0x02, name: 0x81 } } as const;

/** What a length byte can tell. */
export const BYTES_MAX = 255;

export function byteString(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(bytes.length), bytes);
}

export function uint16le(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

export function uint32le(value: number): Uint8Array {
  return concat(uint16le(value & 0xffff), uint16le(value >>> 16));
}

/** Reads the values of a call or of its answer one after another. */
export class Values {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** @throws RangeError where there is no further byte, as all methods do */
  byte(): number {
    this.#at += 1;
    return byteAt(this.#bytes, this.#at - 1);
  }

  boolean(): boolean {
    return this.byte() !== 0;
  }

  uint16(): number {
    return this.byte() | (this.byte() << 8);
  }

  uint32(): number {
    return this.uint16() + this.uint16() * 0x1_0000;
  }

  bytes(): Uint8Array {
    const length = this.byte();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError(`${length} bytes were announced`);
    const value = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return value;
  }
}

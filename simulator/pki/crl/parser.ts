/**
 * Takes a revocation list (RFC 5280 section 5.1) that comes in pieces apart, without keeping it: what
 * stands before the entries and behind them is read when it is whole, the entries go into an index as
 * they come.
 *
 * No I/O, and no signature: what this gives is no more than what the list claims.
 */
import { SimulatorError } from "../../errors.ts";
import { concat } from "../../iso7816/index.ts";
import { derError } from "../der/der.ts";
import { takeEntries } from "./entries.ts";
import { EntryIndex } from "./entry-index.ts";
import { type ListHead, readHead } from "./head.ts";
import { type ListTail, readTail } from "./tail.ts";

/**
 * What has to be whole before it can be read must not be longer: the issuer's name, one entry, and
 * everything behind the entries. Such things have a few hundred bytes.
 */
const LONGEST_PART = 1 << 16;
/** Enough of the next piece to complete a common entry that was cut in two. */
const ENOUGH = 64;
/** No entry is shorter: a serial number of one byte, and UTCTime. */
const SHORTEST_ENTRY = 20;

export interface ListParts extends ListHead, ListTail {
  readonly index: EntryIndex;
}

export class ListParser {
  readonly #onSigned: (piece: Uint8Array) => void;
  /** The beginning of something that is not whole yet. */
  #rest: Uint8Array = new Uint8Array(0);
  /** Bytes of the list in front of `#rest`. */
  #position = 0;
  #head: ListHead | undefined;
  #index = new EntryIndex(0);

  /** @param onSigned told every byte the signature is about, in order; the piece is reused later */
  constructor(onSigned: (piece: Uint8Array) => void = () => undefined) {
    this.#onSigned = onSigned;
  }

  /**
   * Takes the next piece, which the caller may reuse afterwards.
   *
   * @throws SimulatorError PKI_INVALID as soon as the bytes are no list
   */
  push(piece: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? piece : this.#completeRest(piece);
    const taken = this.#take(bytes);
    if (bytes.length - taken > LONGEST_PART) {
      throw derError("something too long for a revocation list", this.#position);
    }
    this.#rest = new Uint8Array(bytes.subarray(taken));
  }

  /**
   * Says that this was all.
   *
   * @throws SimulatorError PKI_INVALID when the bytes were not one list and nothing more, or lack
   *   nextUpdate or CRLNumber, or hold a critical extension that is not understood
   */
  finish(): ListParts {
    const head = this.#head;
    if (head === undefined || this.#position < head.entriesEnd) {
      throw derError("an end before it should", this.#position);
    }
    const tail = this.#placed(() => readTail(this.#rest, head, this.#position));
    this.#advance(this.#rest, this.#rest.length);
    this.#index.finish();
    return { ...head, ...tail, index: this.#index };
  }

  /** Reads on across the border of two pieces; gives what is left of both. */
  #completeRest(piece: Uint8Array): Uint8Array {
    const before = this.#rest.length;
    const joined = concat(this.#rest, piece.subarray(0, ENOUGH));
    const taken = this.#take(joined);
    // Copying the whole piece would cost as much as reading it.
    if (taken >= before) return piece.subarray(taken - before);
    return concat(joined.subarray(taken), piece.subarray(ENOUGH));
  }

  /** Reads what can be read; gives how many bytes that were. */
  #take(bytes: Uint8Array): number {
    const start = this.#head === undefined ? this.#takeHead(bytes) : 0;
    const head = this.#head;
    if (head === undefined) return 0;
    const end = head.entriesEnd - this.#position;
    const taken = this.#placed(() => takeEntries(bytes, start, end, this.#index));
    this.#advance(bytes, taken);
    return taken;
  }

  #takeHead(bytes: Uint8Array): number {
    this.#head = readHead(bytes);
    if (this.#head === undefined) return 0;
    const { entriesStart, entriesEnd } = this.#head;
    this.#index = new EntryIndex(Math.ceil((entriesEnd - entriesStart) / SHORTEST_ENTRY));
    return entriesStart;
  }

  #advance(bytes: Uint8Array, count: number): void {
    const { signedStart = 0, signedEnd = 0 } = this.#head ?? {};
    const from = Math.max(signedStart - this.#position, 0);
    const to = Math.min(signedEnd - this.#position, count);
    if (from < to) this.#onSigned(bytes.subarray(from, to));
    this.#position += count;
  }

  /** Errors say where in the bytes at hand something is wrong; this adds where those begin. */
  #placed<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof SimulatorError) || this.#position === 0) throw cause;
      const message = `${cause.message}, counted from byte ${this.#position} of the list`;
      throw new SimulatorError(cause.code, message, { cause });
    }
  }
}

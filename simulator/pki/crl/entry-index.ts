/**
 * What a revocation list says about which serial number: three columns in the order of the numbers,
 * the same that writer.ts writes a list from. Ten million entries take 90 MB, and the list itself
 * need not be kept.
 */
import type { RevokedColumns } from "./writer.ts";

/** Room made at once, whatever a list promises: untouched it costs no memory. */
const MOST_ROOM_AT_ONCE = 1 << 24;

export class EntryIndex {
  #serials: Uint32Array;
  #revokedAt: Uint32Array;
  #reasons: Uint8Array;
  #size = 0;
  #sorted = true;
  /** What does not fit into columns, as it stands in the list. JPKI has no such entries, others do. */
  readonly #others = new Map<bigint, Uint8Array>();

  /** @param expected how many entries there will be; more can be added, which takes longer */
  constructor(expected: number) {
    const room = Math.min(expected, MOST_ROOM_AT_ONCE);
    this.#serials = new Uint32Array(room);
    this.#revokedAt = new Uint32Array(room);
    this.#reasons = new Uint8Array(room);
  }

  get size(): number {
    return this.#size + this.#others.size;
  }

  /** What was added with `add`; in the order of the numbers after `finish`. */
  get columns(): RevokedColumns {
    return {
      serials: this.#serials.subarray(0, this.#size),
      revokedAt: this.#revokedAt.subarray(0, this.#size),
      reasons: this.#reasons.subarray(0, this.#size),
    };
  }

  /**
   * @param serial of 32 bits, not negative
   * @param revokedAt seconds since 1970, of 32 bits
   * @param reason CRLReason code
   */
  add(serial: number, revokedAt: number, reason: number): void {
    const at = this.#size;
    if (at === this.#serials.length) this.#makeRoom();
    if (at > 0 && serial < (this.#serials[at - 1] ?? 0)) this.#sorted = false;
    this.#serials[at] = serial;
    this.#revokedAt[at] = revokedAt;
    this.#reasons[at] = reason;
    this.#size = at + 1;
  }

  /** @param der the whole entry, which is kept as it is */
  addOther(serial: bigint, der: Uint8Array): void {
    if (!this.#others.has(serial)) this.#others.set(serial, der);
  }

  /** Puts the entries in order; to be called once, when all are there. */
  finish(): void {
    if (!this.#sorted) this.#sort();
  }

  /** The row of a serial number in the columns, the first of several; undefined when it has none. */
  find(serial: bigint): number | undefined {
    if (serial < 0n || serial > 0xffffffffn) return undefined;
    const wanted = Number(serial);
    const serials = this.#serials;
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((serials[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low < this.#size && serials[low] === wanted ? low : undefined;
  }

  findOther(serial: bigint): Uint8Array | undefined {
    return this.#others.get(serial);
  }

  revokedAt(row: number): number {
    return this.#revokedAt[row] ?? 0;
  }

  reason(row: number): number {
    return this.#reasons[row] ?? 0;
  }

  #makeRoom(): void {
    const room = Math.max(this.#serials.length * 2, 64);
    const { serials, revokedAt, reasons } = this.columns;
    this.#serials = new Uint32Array(room);
    this.#serials.set(serials);
    this.#revokedAt = new Uint32Array(room);
    this.#revokedAt.set(revokedAt);
    this.#reasons = new Uint8Array(room);
    this.#reasons.set(reasons);
  }

  /** Radix sort, eleven bits at a time: comparing ten million numbers takes three times as long. */
  #sort(): void {
    let from = this.columns;
    let to = emptyColumns(this.#size);
    for (const shift of [0, 11, 22]) {
      deal(from, to, shift);
      [from, to] = [to, from];
    }
    this.#serials = from.serials;
    this.#revokedAt = from.revokedAt;
    this.#reasons = from.reasons;
  }
}

function emptyColumns(size: number): RevokedColumns {
  return {
    serials: new Uint32Array(size),
    revokedAt: new Uint32Array(size),
    reasons: new Uint8Array(size),
  };
}

/** Deals rows out by eleven bits of their numbers; those with the same bits stay in their order. */
function deal(from: RevokedColumns, to: RevokedColumns, shift: number): void {
  const places = bucketStarts(from.serials, shift);
  for (let i = 0; i < from.serials.length; i += 1) {
    const serial = from.serials[i] ?? 0;
    const bucket = (serial >>> shift) & 0x7ff;
    const place = places[bucket] ?? 0;
    places[bucket] = place + 1;
    to.serials[place] = serial;
    to.revokedAt[place] = from.revokedAt[i] ?? 0;
    to.reasons[place] = from.reasons[i] ?? 0;
  }
}

/** Where each bucket begins when numbers are dealt out by eleven of their bits. */
function bucketStarts(serials: Uint32Array, shift: number): Uint32Array {
  const counts = new Uint32Array(0x800);
  for (const serial of serials) {
    const bucket = (serial >>> shift) & 0x7ff;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  let start = 0;
  return counts.map((count) => {
    const own = start;
    start += count;
    return own;
  });
}

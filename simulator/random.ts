/**
 * Chance as a parameter: one seeded source a lab, so that a failing run can be replayed.
 *
 * The stream is AES-256 in counter mode under SHA-256 of the seed. It decides names, serials,
 * nonces and salts of a simulated world. RSA key pairs are the exception: node:crypto cannot draw
 * them from a given stream (see pki/keys/key-pool.ts).
 */
import { type Cipher, createCipheriv, createHash } from "node:crypto";
import { concat } from "./iso7816/index.ts";

/** A whole number of cipher blocks, drawn at once: most draws are of four bytes. */
const READ_AHEAD = 256;

export class Random {
  readonly seed: string;
  readonly #stream: Cipher;
  /** Of the stream, drawn and not yet given. */
  #ahead: Uint8Array = new Uint8Array(0);

  constructor(seed: string) {
    this.seed = seed;
    const key = createHash("sha256").update(seed, "utf8").digest();
    this.#stream = createCipheriv("aes-256-ctr", key, new Uint8Array(16));
  }

  bytes(length: number): Uint8Array {
    if (length > this.#ahead.length) this.#readOn(length - this.#ahead.length);
    const drawn = this.#ahead.slice(0, length);
    this.#ahead = this.#ahead.subarray(length);
    return drawn;
  }

  /** A whole number from 0 up to and not including `limit` (at most 2^32), without bias. */
  below(limit: number): number {
    const span = 2 ** 32;
    const usable = span - (span % limit);
    for (;;) {
      const drawn = new DataView(this.bytes(4).buffer).getUint32(0);
      if (drawn < usable) return drawn % limit;
    }
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.below(10)).join("");
  }

  #readOn(needed: number): void {
    const zeros = new Uint8Array(Math.max(needed, READ_AHEAD));
    this.#ahead = concat(this.#ahead, this.#stream.update(zeros));
  }

  /** An independent stream for one part of the world, so that parts do not disturb one another. */
  fork(label: string): Random {
    return new Random(`${this.seed}/${label}`);
  }
}

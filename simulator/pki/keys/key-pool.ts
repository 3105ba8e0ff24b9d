/**
 * A store of RSA-2048 key pairs, numbered from 0: generating one costs a card's worth of patience
 * (about 130 ms), so a machine keeps the keys it made and every world draws the same ones in the
 * same order. That makes a world replayable on one machine, and a warm pool costs nothing.
 *
 * These are test keys. They lie unencrypted on disk (mode 0600 in a directory of mode 0700) and are
 * shared by all worlds of the machine: never certify one of them for anything real.
 */
import { generateKeyPair, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { SimulatorError } from "../../errors.ts";
import { publicHalf } from "./keys.ts";

const generate = promisify(generateKeyPair);
/** How many keys are generated at once: more only starves the rest of the thread pool. */
const LANES = 2;

/** Where a world gets its keys from, one after another. */
export interface KeySource {
  /** How many keys were drawn; a saved world goes on from here. */
  readonly position: number;
  /** The next key, PKCS #8 DER. */
  next(): Promise<Uint8Array>;
}

export class KeyPool {
  readonly directory: string;
  readonly #drawn = new Map<number, Promise<Uint8Array>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: LANES }, () => Promise.resolve());
  #turn = 0;

  /** @param directory made on first use */
  constructor(directory: string) {
    this.directory = directory;
  }

  /**
   * The n-th key of this machine, generated on first use. Processes may race for it: all of them get
   * the same one.
   *
   * @returns PKCS #8 DER
   * @throws SimulatorError PKI_INVALID when the file that should hold it does not
   */
  async key(index: number): Promise<Uint8Array> {
    if (!Number.isSafeInteger(index) || index < 0) {
      throw new SimulatorError("PKI_INVALID", `keys are numbered from 0, ${index} is none`);
    }
    const known = this.#drawn.get(index);
    if (known !== undefined) return known;
    const drawn = this.#load(index);
    this.#drawn.set(index, drawn);
    // A failure is reported to whoever asked, and the next one to ask tries again.
    drawn.catch(() => this.#drawn.delete(index));
    return drawn;
  }

  /** Makes sure the first `count` keys exist. */
  async fill(
    count: number,
    onProgress: (ready: number, wanted: number) => void = () => {},
  ): Promise<void> {
    let ready = 0;
    const indexes = Array.from({ length: count }, (_, index) => index);
    await Promise.all(
      indexes.map(async (index) => {
        await this.key(index);
        ready += 1;
        onProgress(ready, count);
      }),
    );
  }

  /** A cursor that draws key `start`, `start + 1` and so on. */
  source(start = 0): KeySource {
    let position = start;
    return {
      get position() {
        return position;
      },
      next: () => {
        const index = position;
        position += 1;
        return this.key(index);
      },
    };
  }

  async #load(index: number): Promise<Uint8Array> {
    const path = join(this.directory, `${String(index).padStart(6, "0")}.p8`);
    const found = readKey(path);
    if (found !== undefined) return found;
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await this.#inLane(() => publish(path));
    const made = readKey(path);
    if (made === undefined) throw new SimulatorError("PKI_INVALID", `${path} has vanished`);
    return made;
  }

  #inLane<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.#turn % LANES;
    this.#turn += 1;
    const result = (this.#lanes[lane] ?? Promise.resolve()).then(work);
    this.#lanes[lane] = result.catch(() => {});
    return result;
  }
}

function readKey(path: string): Uint8Array | undefined {
  const key = readIfThere(path);
  if (key === undefined) return undefined;
  try {
    publicHalf(key);
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", `${path} holds no key; delete it to get a new one`, {
      cause,
    });
  }
  return key;
}

/** On the spot: a key is a kilobyte, and the thread pool would be asked four times for it. */
function readIfThere(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Generates a key and gives it the name `path` unless somebody else was quicker: a hard link is the
 * one way to name a finished file that fails when the name is taken.
 */
async function publish(path: string): Promise<void> {
  const { privateKey } = await generate("rsa", { modulusLength: 2048 });
  const draft = `${path}.${randomUUID()}.draft`;
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(privateKey.export({ type: "pkcs8", format: "der" }));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
}

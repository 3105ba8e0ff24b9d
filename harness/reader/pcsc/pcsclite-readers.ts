/**
 * The readers as pcsclite sees them, which tells of readers and of what lies in them by events only.
 * One instance of the package is kept for as long as it works, and follows readers that come and go.
 */
import { BenchError } from "../../errors.ts";
import { loadPcsclite, type Pcsclite, type PcscliteReader, type ReaderStatus } from "./pcsclite.ts";
import { pcscError } from "./status-codes.ts";

export interface WatchedReaders {
  /**
   * The readers there are at this moment, by name.
   *
   * @throws BenchError PCSC_SERVICE_STOPPED and the like, for ever once the service was lost
   */
  current(): ReadonlyMap<string, WatchedReader>;
}

/** @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING, PCSC_SERVICE_STOPPED ... */
export async function watchReaders(): Promise<WatchedReaders> {
  const create = await loadPcsclite();
  const readers = new Map<string, WatchedReader>();
  const service = create();
  let lost: BenchError | undefined;
  service.on("reader", (reader: PcscliteReader) => {
    readers.set(reader.name, new WatchedReader(reader));
    reader.on("end", () => readers.delete(reader.name));
  });
  await firstList(service);
  service.on("error", (error) => {
    lost ??= pcscError(error);
  });
  return {
    current: () => {
      if (lost !== undefined) throw lost;
      return readers;
    },
  };
}

/** The package tells of each reader and never that there are no more, so its own call is tapped. */
function firstList(service: Pcsclite): Promise<void> {
  const start = service.start.bind(service);
  return new Promise((resolve, reject) => {
    service.on("error", reject);
    service.start = (listed) => {
      start((error, names) => {
        listed(error, names);
        if (error) reject(error);
        else resolve();
      });
    };
  });
}

/** A reader with the last that was heard of it. */
export class WatchedReader {
  readonly reader: PcscliteReader;
  #status: ReaderStatus | undefined;
  #failure: BenchError | undefined;

  constructor(reader: PcscliteReader) {
    this.reader = reader;
    reader.on("status", (status: ReaderStatus) => {
      this.#status = status;
      reader.emit("heard");
    });
    reader.on("error", (error) => this.#fail(pcscError(error)));
    reader.on("end", () => this.#fail(new BenchError("READER_LOST", `${reader.name} is gone`)));
  }

  /** What lies in the reader now: its answer to reset, or undefined for no card. */
  async look(): Promise<Uint8Array | undefined> {
    await this.#until(() => this.#status !== undefined);
    return this.#atr();
  }

  /** The answer to reset of a card that is known to be there, though no event may have told yet. */
  async cardAtr(): Promise<Uint8Array> {
    await this.#until(() => this.#atr() !== undefined);
    return this.#atr() ?? new Uint8Array(0);
  }

  /** Whether the reader is empty, or is told to be within `patience` milliseconds. */
  async cardGone(patience: number): Promise<boolean> {
    const over = AbortSignal.timeout(patience);
    over.addEventListener("abort", () => this.reader.emit("heard"));
    await this.#until(() => over.aborted || this.#atr() === undefined);
    return this.#atr() === undefined;
  }

  #atr(): Uint8Array | undefined {
    const atr = this.#status?.atr;
    return atr === undefined || atr.length === 0 ? undefined : Uint8Array.from(atr);
  }

  #fail(failure: BenchError): void {
    this.#failure ??= failure;
    this.reader.emit("heard");
  }

  /** Without a limit of its own: whoever asked has one, and kills this process when it is over. */
  async #until(condition: () => boolean): Promise<void> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (condition()) return;
      await new Promise((resolve) => this.reader.once("heard", resolve));
    }
  }
}

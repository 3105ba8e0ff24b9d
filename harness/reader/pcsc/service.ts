/**
 * The PC/SC service as the host process sees it: the readers there are, and what lies in them.
 * pcsclite tells both by events only.
 */
import { BenchError } from "../../errors.ts";
import { loadPcsclite, type Pcsclite, type PcscliteReader, type ReaderStatus } from "./pcsclite.ts";
import { pcscError } from "./status-codes.ts";

/** @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING, PCSC_SERVICE_STOPPED ... */
export async function watchReaders(): Promise<ReadonlyMap<string, WatchedReader>> {
  const create = await loadPcsclite();
  const readers = new Map<string, WatchedReader>();
  const service = create();
  service.on("reader", (reader: PcscliteReader) => {
    readers.set(reader.name, new WatchedReader(reader));
  });
  await firstList(service);
  return readers;
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
    while (!condition()) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise((resolve) => this.reader.once("heard", resolve));
    }
  }
}

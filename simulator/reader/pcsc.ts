/**
 * The PC/SC service of a simulated machine: the readers that are plugged in, and whether it runs at
 * all (platform-facts CR-12 to CR-15).
 */
import { LabClock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import { type PcscPlatform, type ReaderCondition, ReaderFailure } from "./conditions.ts";
import { InProcessReader } from "./in-process.ts";
import { PLAIN_READER, type ReaderTraits } from "./traits.ts";

export interface PcscEntry {
  readonly name: string;
  /** Absent when the reader finds no card. */
  readonly atr?: Uint8Array;
}

export class SimulatedPcsc {
  readonly clock: LabClock;
  readonly #readers = new Map<string, InProcessReader>();
  #platform: PcscPlatform = PLAIN_READER.platform;
  #outage: ReaderCondition | undefined;
  /** Calls of `list`, which is how a program looks for readers. */
  asked = 0;

  constructor(clock: LabClock = LabClock.stopped(new Date(0))) {
    this.clock = clock;
  }

  /** Which system this is; holds for readers plugged in already, too. */
  get platform(): PcscPlatform {
    return this.#platform;
  }

  set platform(platform: PcscPlatform) {
    this.#platform = platform;
    for (const reader of this.#readers.values()) reader.traits = { ...reader.traits, platform };
  }

  /**
   * Plugs a reader in.
   *
   * @throws SimulatorError READER_BUSY when one of this name is there
   */
  plug(name: string, traits: Partial<ReaderTraits> = {}): InProcessReader {
    const own = { ...traits, platform: this.#platform };
    const reader = new InProcessReader(name, { traits: own, clock: this.clock });
    this.#add(name, reader);
    return reader;
  }

  /** Unplugs a reader, card and all; whoever uses it is told that it is unavailable. */
  unplug(reader: InProcessReader): void {
    if (!this.#readers.delete(this.nameOf(reader))) return;
    reader.setOutage("readerUnavailable");
  }

  /**
   * Plugs a reader in again.
   *
   * @param name what the system calls it now: numbers in names change (reader-facts 4.4)
   */
  replug(reader: InProcessReader, name = reader.name): void {
    this.#add(name, reader);
    reader.setOutage(this.#outage);
  }

  /** What the system calls a reader; its own name when it is not plugged in. */
  nameOf(reader: InProcessReader): string {
    const found = [...this.#readers].find(([, known]) => known === reader);
    return found?.[0] ?? reader.name;
  }

  /** Stops the service: `noService` as when it never ran, `serviceStopped` as Windows tells it. */
  stop(condition: "noService" | "serviceStopped" = "noService"): void {
    this.#outage = condition;
    for (const reader of this.#readers.values()) reader.setOutage(condition);
  }

  start(): void {
    this.#outage = undefined;
    for (const reader of this.#readers.values()) reader.setOutage(undefined);
  }

  /** @throws ReaderFailure when the service does not run, or there is no reader */
  list(): PcscEntry[] {
    this.asked += 1;
    if (this.#outage !== undefined) throw this.#fail(this.#outage);
    if (this.#readers.size === 0) throw this.#fail("noReaders");
    return [...this.#readers].map(([name, reader]) => {
      const atr = reader.look();
      return atr === undefined ? { name } : { name, atr };
    });
  }

  /** @throws ReaderFailure when the service does not run, or there is no such reader */
  reader(name: string): InProcessReader {
    if (this.#outage !== undefined) throw this.#fail(this.#outage);
    const found = this.#readers.get(name);
    if (found === undefined) throw this.#fail("unknownReader");
    return found;
  }

  #add(name: string, reader: InProcessReader): void {
    if (this.#readers.has(name)) {
      throw new SimulatorError("READER_BUSY", `a reader ${name} is plugged in already`);
    }
    this.#readers.set(name, reader);
  }

  #fail(condition: ReaderCondition): ReaderFailure {
    return new ReaderFailure("PC/SC", condition, this.#platform);
  }
}

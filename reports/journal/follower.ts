/**
 * Reads a journal while others write it: each call gives what was appended since the one before.
 * How a process that shows progress learns what the workers of a run have written.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { ReportError } from "../errors.ts";
import type { JournalEvent } from "./events.ts";
import { parseLine } from "./line.ts";
import { LineSplitter } from "./line-splitter.ts";

const CHUNK_LENGTH = 64 * 1024;

export class JournalFollower {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #splitter = new LineSplitter();

  /**
   * Starts at the beginning of the journal at `path`, which must exist.
   *
   * @throws ReportError JOURNAL_UNREADABLE
   */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#descriptor = openSync(path, "r");
    } catch (cause) {
      throw new ReportError("JOURNAL_UNREADABLE", `cannot read the journal ${path}`, { cause });
    }
  }

  /**
   * The events of all lines that were completed since the last call.
   *
   * @throws ReportError JOURNAL_INVALID or JOURNAL_VERSION, with the line
   */
  read(): JournalEvent[] {
    const events: JournalEvent[] = [];
    for (let chunk = this.#next(); chunk.length > 0; chunk = this.#next()) {
      for (const { bytes, number } of this.#splitter.push(chunk)) {
        events.push(parseLine(bytes, { path: this.#path, line: number }));
      }
    }
    return events;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #next(): Uint8Array {
    const chunk = new Uint8Array(CHUNK_LENGTH);
    return chunk.subarray(0, readSync(this.#descriptor, chunk));
  }
}

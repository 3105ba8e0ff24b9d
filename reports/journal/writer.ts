/**
 * Appends events to a journal. The file is opened with O_APPEND and every event is one write(2), so
 * the workers of a run may write to one journal at the same time (POSIX write(): with O_APPEND no
 * other write comes between finding the end of the file and writing there; this holds on local file
 * systems, not on NFS). A line is with the operating system when `write` returns: it survives the
 * death of the process.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { ReportError } from "../errors.ts";
import type { JournalEvent, Unstamped } from "./events.ts";
import { journalEvent } from "./schema.ts";

export interface JournalWriterOptions {
  /** Identifies the run; the same for all its workers and shards. */
  readonly run: string;
  /** `main`, or the number of the worker. */
  readonly worker: string;
  /** Wall time. Default: the machine's. */
  readonly now?: () => Date;
  /** Monotonic milliseconds since the process started. Default: `performance.now`. */
  readonly monotonic?: () => number;
}

export class JournalWriter {
  readonly path: string;
  readonly #descriptor: number;
  readonly #run: string;
  readonly #worker: string;
  readonly #now: () => Date;
  readonly #monotonic: () => number;
  readonly #openedAt: number;

  /**
   * Opens the journal at `path` to append; makes it when it is not there.
   *
   * @throws ReportError JOURNAL_WRITE
   */
  constructor(path: string, options: JournalWriterOptions) {
    this.path = path;
    this.#run = options.run;
    this.#worker = options.worker;
    this.#now = options.now ?? (() => new Date());
    this.#monotonic = options.monotonic ?? (() => performance.now());
    this.#openedAt = this.#monotonic();
    try {
      this.#descriptor = openSync(path, "a");
    } catch (cause) {
      throw new ReportError("JOURNAL_WRITE", `cannot open the journal ${path}`, { cause });
    }
  }

  /**
   * Stamps `event` and appends it as one line.
   *
   * @returns the event as it now stands in the journal
   * @throws ReportError JOURNAL_INVALID for an event that no reader would accept, JOURNAL_WRITE when
   * the line could not be written whole
   */
  write(event: Unstamped): JournalEvent {
    const line = JSON.stringify({ ...this.#stamp(), ...event });
    const written = accepted(line);
    this.#append(Buffer.from(`${line}\n`, "utf8"));
    return written;
  }

  /** Milliseconds since this writer was opened. */
  elapsed(): number {
    return round(this.#monotonic() - this.#openedAt);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #stamp() {
    return {
      at: this.#now().toISOString(),
      t: round(this.#monotonic()),
      worker: this.#worker,
      run: this.#run,
    };
  }

  #append(bytes: Uint8Array): void {
    let length: number;
    try {
      length = writeSync(this.#descriptor, bytes);
    } catch (cause) {
      throw new ReportError("JOURNAL_WRITE", `cannot write to the journal ${this.path}`, { cause });
    }
    // The rest cannot follow in a second write: another worker's line may already stand after it.
    if (length !== bytes.length) {
      throw new ReportError(
        "JOURNAL_WRITE",
        `only ${length} of ${bytes.length} bytes of a line went into the journal ${this.path}`,
      );
    }
  }
}

/** One line that does not fit the format would make the whole journal unreadable. */
function accepted(line: string): JournalEvent {
  const checked = journalEvent.safeParse(JSON.parse(line));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new ReportError(
    "JOURNAL_INVALID",
    `an event with a wrong ${issue?.path.join(".") || "type"}: ${issue?.message ?? "invalid"}`,
  );
}

/** To microseconds, which is as fine as the clock is honest. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

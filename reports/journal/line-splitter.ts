/** Cuts a stream of bytes into lines, wherever the chunks happen to be cut. No I/O. */
import { ReportError } from "../errors.ts";

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without the line end. */
  readonly bytes: Uint8Array;
}

const LINE_END = 0x0a;
/** No event comes near this; a longer line is not a journal, and must not fill the memory. */
export const LONGEST_LINE = 16 * 1024 * 1024;

export class LineSplitter {
  #lines = 0;
  /** Chunks of the line under way. */
  #begun: Uint8Array[] = [];
  #begunLength = 0;

  /** The lines that `chunk` completes. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line when it has no line end; nothing when the stream ended with one. */
  end(): Line | undefined {
    return this.#begunLength === 0 ? undefined : this.#take();
  }

  /** @throws ReportError JOURNAL_INVALID for a line longer than `LONGEST_LINE` */
  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#begun.push(part);
    this.#begunLength += part.length;
    if (this.#begunLength > LONGEST_LINE) {
      const line = this.#lines + 1;
      throw new ReportError("JOURNAL_INVALID", `line ${line} is longer than any event`, { line });
    }
  }

  #take(): Line {
    this.#lines += 1;
    const bytes = this.#begun.length === 1 ? this.#begun[0] : Buffer.concat(this.#begun);
    this.#begun = [];
    this.#begunLength = 0;
    return { number: this.#lines, bytes: bytes ?? new Uint8Array(0) };
  }
}

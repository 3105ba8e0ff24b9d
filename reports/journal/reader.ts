/**
 * Reads a journal line by line in constant memory. Every line is checked; the one thing forgiven is
 * a last line that was torn when its writer was killed, and it is reported.
 */
import { createReadStream } from "node:fs";
import { ReportError } from "../errors.ts";
import type { JournalEvent } from "./events.ts";
import { parseLine, parseTail } from "./line.ts";
import { type Line, LineSplitter } from "./line-splitter.ts";

/** A last line that ends in the middle of an event. */
export interface TruncatedTail {
  /** Line of the journal, counted from 1. */
  readonly line: number;
  /** How many bytes of it are there. */
  readonly bytes: number;
}

export interface ReadOptions {
  /** Told, after the last whole event, that a torn line follows. */
  readonly onTruncated?: (tail: TruncatedTail) => void;
}

/** An event together with the bytes it was read from, without the line end. */
export interface JournalLine extends Line {
  readonly event: JournalEvent;
}

/**
 * The events of the journal at `path`, in the order of the file.
 *
 * @example for await (const event of readJournal("bench-out/journal.ndjson")) fold.add(event);
 * @throws ReportError JOURNAL_UNREADABLE, JOURNAL_INVALID or JOURNAL_VERSION
 */
export async function* readJournal(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<JournalEvent, void, undefined> {
  for await (const { event } of readJournalLines(path, options)) yield event;
}

/** Like `readJournal`, with the bytes each event was read from. */
export async function* readJournalLines(
  path: string,
  { onTruncated }: ReadOptions = {},
): AsyncGenerator<JournalLine, void, undefined> {
  const splitter = new LineSplitter();
  for await (const chunk of chunksOf(path)) {
    for (const line of splitter.push(chunk)) {
      yield { ...line, event: parseLine(line.bytes, { path, line: line.number }) };
    }
  }
  const tail = splitter.end();
  if (tail === undefined) return;
  const event = parseTail(tail.bytes, { path, line: tail.number });
  if (event !== undefined) yield { ...tail, event };
  else onTruncated?.({ line: tail.number, bytes: tail.bytes.length });
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
  } catch (cause) {
    throw new ReportError("JOURNAL_UNREADABLE", `cannot read the journal ${path}`, { cause });
  }
}

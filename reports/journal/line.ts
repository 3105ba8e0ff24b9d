/** One line of a journal, from bytes to a checked event. */
import { ReportError } from "../errors.ts";
import { JOURNAL_VERSION, type JournalEvent } from "./events.ts";
import { journalEvent } from "./schema.ts";

/** Where a line stands: for messages a person can act on. */
export interface Place {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** @throws ReportError JOURNAL_INVALID or JOURNAL_VERSION, with the line */
export function parseLine(bytes: Uint8Array, place: Place): JournalEvent {
  return checkEvent(parseJson(bytes, place), place);
}

/** The event on a last line without a line end; nothing when the line was torn in the middle. */
export function parseTail(bytes: Uint8Array, place: Place): JournalEvent | undefined {
  // A torn object never is JSON: the brace that closes it is its last byte.
  const value = jsonOrNothing(bytes);
  return value === undefined ? undefined : checkEvent(value, place);
}

function parseJson(bytes: Uint8Array, place: Place): unknown {
  const value = jsonOrNothing(bytes);
  if (value === undefined) throw invalid(place, "not a line of JSON in UTF-8");
  return value;
}

function jsonOrNothing(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function checkEvent(value: unknown, place: Place): JournalEvent {
  const version = foreignVersion(value);
  if (version !== undefined) {
    throw new ReportError(
      "JOURNAL_VERSION",
      `${place.path}:${place.line}: format version ${version}, this program reads ${JOURNAL_VERSION}`,
      { line: place.line },
    );
  }
  const checked = journalEvent.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw invalid(place, `${issue?.path.join(".") || "event"}: ${issue?.message ?? "invalid"}`);
}

function foreignVersion(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  if (value.type !== "run-started" || !("version" in value)) return undefined;
  return value.version === JOURNAL_VERSION ? undefined : JSON.stringify(value.version);
}

function invalid(place: Place, message: string): ReportError {
  return new ReportError("JOURNAL_INVALID", `${place.path}:${place.line}: ${message}`, {
    line: place.line,
  });
}

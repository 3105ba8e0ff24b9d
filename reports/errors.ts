/**
 * The one error hierarchy of the reports floor. Codes are stable; advice is looked up by code where
 * an error is shown.
 */

export type ReportErrorCode =
  /** A journal that is not there or cannot be read. */
  | "JOURNAL_UNREADABLE"
  /** A line of a journal that is not an event; `line` says which. */
  | "JOURNAL_INVALID"
  /** A journal of a later version of the format; `line` says where it says so. */
  | "JOURNAL_VERSION"
  /** An event that could not be appended. */
  | "JOURNAL_WRITE"
  /** Journals that are not the shards of one run. */
  | "JOURNAL_MISMATCH"
  /** A reporter nobody knows. */
  | "REPORT_UNKNOWN"
  /** A report that could not be put in its place. */
  | "REPORT_WRITE";

export interface ReportErrorOptions {
  readonly cause?: unknown;
  /** Line of the journal, counted from 1. */
  readonly line?: number;
}

export class ReportError extends Error {
  override readonly name = "ReportError";
  readonly code: ReportErrorCode;
  /** Line of the journal the error is about, counted from 1. */
  readonly line: number | undefined;

  constructor(code: ReportErrorCode, message: string, options: ReportErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.line = options.line;
  }
}

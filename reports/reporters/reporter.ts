/**
 * What a reporter is: a function from the summary of a run to one file, in pieces, so that a large
 * one is never held whole.
 */
import type { RunSummary } from "../journal/summary.ts";
import type { Language } from "../text/language.ts";

export interface RenderOptions {
  readonly lang: Language;
  /** Of the journal the summary was read from: `sha256:` and 64 digits. Known beside its file only. */
  readonly digest?: string;
}

interface ReporterOf<Pieces> {
  /** Name of the file it makes. */
  readonly file: string;
  render(summary: RunSummary, options: RenderOptions): Pieces;
}

/** Makes a file of text. */
export type Reporter = ReporterOf<Iterable<string>>;

/** Makes a file that is no text, such as a workbook. */
export type BinaryReporter = ReporterOf<AsyncIterable<Uint8Array>>;

/** What a reporter is: a function from the summary of a run to the text of one file. */
import type { RunSummary } from "../journal/summary.ts";
import type { Language } from "../text/language.ts";

export interface RenderOptions {
  readonly lang: Language;
}

export interface Reporter {
  /** Name of the file it makes. */
  readonly file: string;
  /** The file, in pieces, so that a large one is never held whole. */
  render(summary: RunSummary, options: RenderOptions): Iterable<string>;
}

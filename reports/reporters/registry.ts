/** The reporters by name, and the one place where reports are written to disk. */
import { join } from "node:path";
import { ReportError } from "../errors.ts";
import { replaceFile } from "../files.ts";
import { digestOf } from "../journal/evidence.ts";
import { readSummary } from "../journal/summarize.ts";
import { ctrf } from "./ctrf.ts";
import { html } from "./html.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { BinaryReporter, RenderOptions, Reporter } from "./reporter.ts";
import { xlsx } from "./xlsx.ts";

/** Name of the journal within the folder of a run. */
export const JOURNAL_FILE = "journal.ndjson";

const REPORTERS = { html, junit, markdown, ctrf, xlsx } as const satisfies Record<
  string,
  Reporter | BinaryReporter
>;

export type ReporterName = keyof typeof REPORTERS;

/** In the order a user is shown them. */
export const reporterNames = Object.keys(REPORTERS) as readonly ReporterName[];

/** Name of the file a reporter makes. */
export function reportFile(name: ReporterName): string {
  return REPORTERS[name].file;
}

/**
 * Looks all `names` up, for a command that must not find out after a long run.
 *
 * @throws ReportError REPORT_UNKNOWN
 */
export function requireReporters(names: readonly string[]): void {
  for (const name of names) reporterNamed(name);
}

/** @throws ReportError REPORT_UNKNOWN */
function reporterNamed(name: string): Reporter | BinaryReporter {
  if (Object.hasOwn(REPORTERS, name)) return REPORTERS[name as ReporterName];
  throw new ReportError(
    "REPORT_UNKNOWN",
    `no reporter is called "${name}"; there are ${reporterNames.join(", ")}`,
  );
}

export interface WrittenReport {
  readonly name: string;
  readonly path: string;
}

/**
 * Makes the reports called `names` from `directory`/journal.ndjson, beside it. Each file is replaced
 * as a whole; all names are looked up before the first is written.
 *
 * @example await writeReports("bench-out", ["html", "junit"], { lang: "ja" })
 * @throws ReportError REPORT_UNKNOWN, REPORT_WRITE, JOURNAL_UNREADABLE, JOURNAL_INVALID,
 * JOURNAL_VERSION
 */
export async function writeReports(
  directory: string,
  names: readonly string[],
  options: RenderOptions,
): Promise<WrittenReport[]> {
  const chosen = names.map((name) => ({ name, reporter: reporterNamed(name) }));
  const journal = join(directory, JOURNAL_FILE);
  const summary = await readSummary(journal);
  const digest = await digestOf(journal);
  const written: WrittenReport[] = [];
  for (const { name, reporter } of chosen) {
    const path = join(directory, reporter.file);
    await replaceFile(path, reporter.render(summary, { ...options, digest }));
    written.push({ name, path });
  }
  return written;
}

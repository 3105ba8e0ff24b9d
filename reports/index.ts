/**
 * What is shown after a run: the journal (one record, append-only) and the reports made from it.
 * The only public door of this floor.
 */
export {
  type ComparedRun,
  type Comparison,
  compareRuns,
  comparisonConsole,
  writeComparison,
} from "./compare/index.ts";
export { ReportError, type ReportErrorCode } from "./errors.ts";
export * from "./journal/events.ts";
export { type Evidence, examineJournal } from "./journal/evidence.ts";
export type { EvidenceFinding, EvidenceFlaw } from "./journal/evidence-flaws.ts";
export { JournalFollower } from "./journal/follower.ts";
export { type MergeResult, mergeJournals } from "./journal/merge.ts";
export { type ReadOptions, readJournal, type TruncatedTail } from "./journal/reader.ts";
export { readSummary, summarize } from "./journal/summarize.ts";
export type {
  AttemptSummary,
  Conclusion,
  Counts,
  Exchange,
  Outcome,
  RunFacts,
  RunSummary,
  ScenarioSummary,
  StepSummary,
  SystemSummary,
} from "./journal/summary.ts";
export { JournalWriter, type JournalWriterOptions } from "./journal/writer.ts";
export { finalConsole, type ShownReport } from "./reporters/console/final.ts";
export { type ConsoleOptions, liveConsole } from "./reporters/console/live.ts";
export {
  JOURNAL_FILE,
  type ReporterName,
  reporterNames,
  reportFile,
  requireReporters,
  type WrittenReport,
  writeReports,
} from "./reporters/registry.ts";
export type { BinaryReporter, RenderOptions, Reporter } from "./reporters/reporter.ts";
export type { Language } from "./text/language.ts";

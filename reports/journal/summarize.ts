/** From the events of a journal to the summary of the run. */
import type { JournalEvent } from "./events.ts";
import { RunFold } from "./fold-run.ts";
import { readJournal, type TruncatedTail } from "./reader.ts";
import type { RunSummary } from "./summary.ts";

/** The summary of `events`, however the lines of workers and shards are interleaved. */
export function summarize(events: Iterable<JournalEvent>): RunSummary {
  const fold = new RunFold();
  for (const event of events) fold.add(event);
  return fold.summary();
}

/**
 * The summary of the journal at `path`.
 *
 * @throws ReportError JOURNAL_UNREADABLE, JOURNAL_INVALID or JOURNAL_VERSION
 */
export async function readSummary(path: string): Promise<RunSummary> {
  const fold = new RunFold();
  let truncated: TruncatedTail | undefined;
  const onTruncated = (tail: TruncatedTail) => {
    truncated = tail;
  };
  for await (const event of readJournal(path, { onTruncated })) fold.add(event);
  return fold.summary(truncated);
}

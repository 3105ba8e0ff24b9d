/**
 * Merging is concatenating: the journals of a run's shards, one after the other, are its journal.
 * What this adds to `cat` is the check that they belong together, and the removal of torn last
 * lines, on which the next journal would otherwise be hung.
 */
import { ReportError } from "../errors.ts";
import { replaceFile } from "../files.ts";
import type { JournalEvent } from "./events.ts";
import { readJournalLines } from "./reader.ts";

export interface MergeResult {
  /** The id all journals share. */
  readonly run: string;
  /** How many events the merged journal holds. */
  readonly events: number;
  /** The journals whose last line was torn, and left out. */
  readonly truncated: readonly string[];
}

/**
 * Writes the journals at `paths` into one at `target`, which is replaced only when all is well.
 *
 * @throws ReportError JOURNAL_MISMATCH for journals of different runs, or of the same shard twice;
 * JOURNAL_UNREADABLE, JOURNAL_INVALID, JOURNAL_VERSION, REPORT_WRITE
 */
export async function mergeJournals(
  paths: readonly string[],
  target: string,
): Promise<MergeResult> {
  const truncated: string[] = [];
  const check = new ShardCheck();
  let events = 0;

  async function* lines(): AsyncGenerator<Uint8Array> {
    for (const path of paths) {
      const onTruncated = () => void truncated.push(path);
      for await (const { bytes, event } of readJournalLines(path, { onTruncated })) {
        check.accept(event, path);
        events += 1;
        yield bytes;
        yield LINE_END;
      }
    }
    check.complete();
  }

  await replaceFile(target, lines());
  return { run: check.complete(), events, truncated };
}

const LINE_END = Uint8Array.of(0x0a);

/** Refuses what does not belong to the run of the first event. */
class ShardCheck {
  #run: string | undefined;
  readonly #pathOfShard = new Map<number, string>();

  accept(event: JournalEvent, path: string): void {
    this.#run ??= event.run;
    if (event.run !== this.#run) {
      throw mismatch(`${path} belongs to run ${event.run}, the ones before to ${this.#run}`);
    }
    if (event.type === "run-started") this.#acceptShard(event.shard?.index ?? 1, path);
  }

  /** The id of the run. */
  complete(): string {
    if (this.#run === undefined) throw mismatch("there is no event to merge");
    return this.#run;
  }

  #acceptShard(index: number, path: string): void {
    const other = this.#pathOfShard.get(index);
    if (other !== undefined) {
      throw mismatch(`${other} and ${path} are both shard ${index}`);
    }
    this.#pathOfShard.set(index, path);
  }
}

function mismatch(message: string): ReportError {
  return new ReportError("JOURNAL_MISMATCH", message);
}

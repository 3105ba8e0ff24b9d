/**
 * Whether a journal is whole: what its writers always write is there, in the order in which they write
 * it, and what the run says of itself at its end is what its lines add up to. Lines that were taken
 * out, put in or moved show here; a careful forgery does not. That is what the digest is for: noted
 * where the file's keeper cannot change it, it tells this journal from every other.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { ReportError } from "../errors.ts";
import type { JournalEvent } from "./events.ts";
import type { EvidenceFinding } from "./evidence-flaws.ts";
import { ShardEvidence } from "./evidence-shard.ts";
import { type JournalLine, readJournalLines } from "./reader.ts";

export interface Evidence {
  /** `sha256:` and 64 hexadecimal digits, over the file. */
  readonly digest: string;
  readonly events: number;
  /** None where the journal is whole. */
  readonly findings: readonly EvidenceFinding[];
}

/**
 * @throws ReportError JOURNAL_UNREADABLE, JOURNAL_VERSION
 */
export async function examineJournal(path: string): Promise<Evidence> {
  const findings: EvidenceFinding[] = [];
  const shards = new Shards((finding) => findings.push(finding));
  let events = 0;
  const onTruncated = ({ line, bytes }: { line: number; bytes: number }) =>
    findings.push({ flaw: "torn", line, detail: `${bytes} bytes of an event` });
  try {
    for await (const line of readJournalLines(path, { onTruncated })) {
      events += 1;
      shards.add(line);
    }
  } catch (error) {
    // What cannot be read is neither whole nor broken.
    if (!(error instanceof ReportError) || error.code !== "JOURNAL_INVALID") throw error;
    const { line, message } = error;
    findings.push({ flaw: "damaged", ...(line !== undefined && { line }), detail: message });
  }
  shards.end();
  return { digest: await digestOf(path), events, findings };
}

/** Of the file at `path`: `sha256:` and 64 hexadecimal digits. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return `sha256:${hash.digest("hex")}`;
}

/** The shards of a run stand one behind the other. */
class Shards {
  readonly #found: (finding: EvidenceFinding) => void;
  readonly #indexes: number[] = [];
  #count = 1;
  #run: string | undefined;
  #current: ShardEvidence | undefined;

  constructor(found: (finding: EvidenceFinding) => void) {
    this.#found = found;
  }

  add({ event, number: line }: JournalLine): void {
    this.#requireSameRun(event, line);
    if (event.type === "run-started") {
      this.#current?.end();
      this.#indexes.push(event.shard?.index ?? 1);
      this.#count = event.shard?.count ?? 1;
      this.#current = new ShardEvidence(event, this.#found);
    } else if (this.#current === undefined) {
      if (line === 1) this.#found({ flaw: "no-start", line, detail: `${event.type} comes first` });
    } else {
      this.#current.add(event, line);
    }
  }

  end(): void {
    this.#current?.end();
    if (this.#run === undefined) this.#found({ flaw: "no-start", detail: "there is no event" });
    const there = this.#indexes.toSorted((a, b) => a - b).join(", ");
    const wanted = Array.from({ length: this.#count }, (_, i) => i + 1).join(", ");
    if (this.#indexes.length === 0 || there === wanted) return;
    this.#found({ flaw: "shards", detail: `of shards ${wanted} there are ${there}` });
  }

  #requireSameRun({ run }: JournalEvent, line: number): void {
    this.#run ??= run;
    if (run === this.#run) return;
    this.#found({ flaw: "several-runs", line, detail: `${run} after ${this.#run}` });
    this.#run = run;
  }
}

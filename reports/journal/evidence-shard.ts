/** The lines of one shard, from `run-started` to `run-ended`, against what a run always writes. */
import type { JournalEvent, RunEnded, RunStarted, ScenarioEvent, Verdict } from "./events.ts";
import type { EvidenceFinding } from "./evidence-flaws.ts";

interface Attempt {
  readonly scenario: string;
  readonly attempt: number;
  started: boolean;
  verdict?: Verdict;
  /** Steps that began, which are numbered from 1, and how many of them ended. */
  steps: number;
  ended: number;
}

export class ShardEvidence {
  readonly #started: RunStarted;
  readonly #found: (finding: EvidenceFinding) => void;
  readonly #latest = new Map<string, number>();
  readonly #attempts = new Map<string, Attempt>();
  /** The verdict that counts is the last. */
  readonly #verdicts = new Map<string, Verdict>();
  #ended: RunEnded | undefined;

  constructor(started: RunStarted, found: (finding: EvidenceFinding) => void) {
    this.#started = started;
    this.#found = found;
  }

  add(event: JournalEvent, line: number): void {
    const gap = (detail: string) => this.#found({ flaw: "gap", line, detail });
    if (this.#ended !== undefined) {
      this.#found({ flaw: "after-end", line, detail: `${event.type} after run-ended` });
    }
    const latest = this.#latest.get(event.worker) ?? 0;
    if (event.t < latest) {
      const detail = `worker ${event.worker} goes from ${latest} back to ${event.t} ms`;
      this.#found({ flaw: "order", line, detail });
    }
    this.#latest.set(event.worker, event.t);
    if (event.type === "run-ended") this.#ended = event;
    if ("scenario" in event) this.#addToAttempt(event, gap);
  }

  end(): void {
    if (this.#ended === undefined) {
      this.#found({ flaw: "no-end", detail: `shard ${this.#started.shard?.index ?? 1}` });
      return;
    }
    if (this.#ended.interrupted) {
      this.#found({ flaw: "interrupted", detail: "stopped before everything had run" });
      return;
    }
    for (const attempt of this.#attempts.values()) this.#judge(attempt);
    this.#compareCounts(this.#ended);
  }

  #addToAttempt(event: ScenarioEvent, gap: (detail: string) => void): void {
    const name = `${event.scenario} attempt ${event.attempt}`;
    const attempt = this.#attempts.get(name) ?? blank(event);
    this.#attempts.set(name, attempt);
    switch (event.type) {
      case "scenario-started":
        attempt.started = true;
        return;
      case "scenario-ended":
        attempt.verdict = event.verdict;
        this.#verdicts.set(event.scenario, event.verdict);
        return;
      case "step-started":
        if (event.step !== attempt.steps + 1) gap(`${name}: step ${event.step} is out of order`);
        attempt.steps = event.step;
        return;
      case "step-ended":
        attempt.ended += 1;
    }
    if (!attempt.started) gap(`${name}: ${event.type} before it started`);
    if ((event.step ?? 0) > attempt.steps) gap(`${name}: step ${event.step} never began`);
  }

  #judge({ scenario, attempt, started, verdict, steps, ended }: Attempt): void {
    const gap = (detail: string) =>
      this.#found({ flaw: "gap", detail: `${scenario} attempt ${attempt}: ${detail}` });
    // Only the last attempt at a scenario gets a verdict.
    if (!this.#verdicts.has(scenario)) gap("the scenario has no verdict");
    if (verdict !== "passed") return;
    if (!started) gap("passed and never started");
    if (ended !== steps) gap(`passed with ${steps} steps begun and ${ended} ended`);
  }

  #compareCounts(ended: RunEnded): void {
    const differs = (what: string, said: number, found: number) => {
      if (said === found) return;
      this.#found({ flaw: "counts", detail: `${what}: ${said} said, ${found} found` });
    };
    const verdicts = [...this.#verdicts.values()];
    for (const verdict of ["passed", "failed", "skipped"] as const) {
      differs(verdict, ended[verdict], verdicts.filter((one) => one === verdict).length);
    }
    differs("planned", this.#started.planned, verdicts.length);
  }
}

function blank({ scenario, attempt }: ScenarioEvent): Attempt {
  return { scenario, attempt, started: false, steps: 0, ended: 0 };
}

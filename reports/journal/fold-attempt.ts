/** Puts the events of one attempt at one scenario together. */
import type { EvidenceNoted, ScenarioEnded, ScenarioEvent, ScenarioStarted } from "./events.ts";
import { StepFold } from "./fold-steps.ts";
import type { AttemptSummary, Exchange, Outcome } from "./summary.ts";

export class AttemptFold {
  readonly attempt: number;
  started: ScenarioStarted | undefined;
  ended: ScenarioEnded | undefined;
  readonly #steps = new StepFold();
  readonly #exchanges: Exchange[] = [];
  readonly #evidence: EvidenceNoted[] = [];
  readonly #workers = new Set<string>();
  #startedAt: string;

  constructor(first: ScenarioEvent) {
    this.attempt = first.attempt;
    this.#startedAt = first.at;
  }

  add(event: ScenarioEvent): void {
    this.#workers.add(event.worker);
    if (event.at < this.#startedAt) this.#startedAt = event.at;
    switch (event.type) {
      case "scenario-started":
        this.started ??= event;
        break;
      case "step-started":
        this.#steps.start(event);
        break;
      case "step-ended":
        this.#steps.end(event);
        break;
      case "apdu":
      case "http":
        this.#exchanges.push(event);
        break;
      case "evidence":
        this.#evidence.push(event);
        break;
      case "scenario-ended":
        // Should one attempt ever end twice, a failure is not forgotten.
        if (this.ended?.verdict !== "failed") this.ended = event;
        break;
    }
  }

  /** @param unfinished what it came to if it never ended */
  summary(unfinished: Outcome = "interrupted"): AttemptSummary {
    const { verdict, milliseconds, failure, reason } = this.ended ?? {};
    return {
      attempt: this.attempt,
      outcome: verdict ?? unfinished,
      startedAt: this.#startedAt,
      ...(milliseconds === undefined ? {} : { milliseconds }),
      workers: [...this.#workers],
      steps: this.#steps.tree(),
      exchanges: [...this.#exchanges].sort((a, b) => a.t - b.t),
      evidence: [...this.#evidence].sort((a, b) => a.t - b.t),
      ...(failure === undefined ? {} : { failure }),
      ...(reason === undefined ? {} : { reason }),
    };
  }
}

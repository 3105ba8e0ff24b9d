/** Puts the attempts at one scenario together: the last one counts. */
import type { ScenarioEvent } from "./events.ts";
import { AttemptFold } from "./fold-attempt.ts";
import type { ScenarioSummary } from "./summary.ts";

export class ScenarioFold {
  readonly #run: string;
  readonly #scenario: string;
  readonly #attempts = new Map<number, AttemptFold>();

  constructor(first: ScenarioEvent) {
    this.#run = first.run;
    this.#scenario = first.scenario;
  }

  add(event: ScenarioEvent): void {
    const attempt = this.#attempts.get(event.attempt) ?? new AttemptFold(event);
    this.#attempts.set(event.attempt, attempt);
    attempt.add(event);
  }

  summary(): ScenarioSummary {
    const attempts = [...this.#attempts.values()].sort((a, b) => b.attempt - a.attempt);
    const [counting, ...before] = attempts;
    if (counting === undefined) throw new RangeError("a scenario without an event");
    const last = counting.summary();
    const named = attempts.flatMap(({ ended, started }) => [ended, started]).find(Boolean);
    const started = attempts.map((attempt) => attempt.started).find(Boolean);
    return {
      run: this.#run,
      scenario: this.#scenario,
      title: named?.title ?? { ja: this.#scenario, en: this.#scenario },
      system: named?.system ?? "",
      ...(started === undefined
        ? {}
        : { source: started.source, effect: started.effect, version: started.scenarioVersion }),
      outcome: last.outcome,
      flaky: last.outcome === "passed" && before.length > 0,
      last,
      // Only a failure makes another attempt follow.
      earlier: before.map((attempt) => attempt.summary("failed")).reverse(),
    };
  }
}

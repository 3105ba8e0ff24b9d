/**
 * Puts a whole journal together. Events are joined by run, scenario and attempt, never by their
 * place in the file: the lines of workers interleave, and shards follow one another in any order.
 */
import type { JournalEvent, ScenarioEvent } from "./events.ts";
import { FactsFold } from "./fold-facts.ts";
import { ScenarioFold } from "./fold-scenario.ts";
import type { TruncatedTail } from "./reader.ts";
import type { Conclusion, Counts, RunSummary, ScenarioSummary, SystemSummary } from "./summary.ts";

export class RunFold {
  readonly #facts = new Map<string, FactsFold>();
  readonly #scenarios = new Map<string, ScenarioFold>();

  add(event: JournalEvent): void {
    const facts = this.#facts.get(event.run) ?? new FactsFold(event);
    this.#facts.set(event.run, facts);
    facts.add(event);
    if ("scenario" in event) this.#addToScenario(event);
  }

  /** @param truncated the torn line the journal ended in */
  summary(truncated?: TruncatedTail): RunSummary {
    const runs = [...this.#facts.values()].map((facts) => facts.facts());
    const scenarios = [...this.#scenarios.values()]
      .map((scenario) => scenario.summary())
      .sort((a, b) => order(a.scenario, b.scenario) || order(a.run, b.run));
    const planned = runs.reduce((sum, run) => sum + run.planned, 0);
    const whole = {
      counts: count(scenarios),
      flaky: scenarios.filter((scenario) => scenario.flaky).length,
      notRun: Math.max(0, planned - scenarios.length),
      runs,
      systems: bySystem(scenarios),
      scenarios,
      ...(truncated === undefined ? {} : { truncated }),
    };
    return { conclusion: conclude(whole), ...whole };
  }

  #addToScenario(event: ScenarioEvent): void {
    const key = JSON.stringify([event.run, event.scenario]);
    const scenario = this.#scenarios.get(key) ?? new ScenarioFold(event);
    this.#scenarios.set(key, scenario);
    scenario.add(event);
  }
}

function conclude(summary: Omit<RunSummary, "conclusion">): Conclusion {
  const { counts, notRun, runs, truncated } = summary;
  if (counts.failed > 0) return "failed";
  const cutShort = runs.some((run) => run.interrupted || run.missingShards.length > 0);
  const complete = !cutShort && truncated === undefined && notRun === 0 && counts.interrupted === 0;
  return complete && counts.passed > 0 ? "passed" : "incomplete";
}

function count(scenarios: readonly ScenarioSummary[]): Counts {
  const counts = { total: scenarios.length, passed: 0, failed: 0, skipped: 0, interrupted: 0 };
  for (const { outcome } of scenarios) counts[outcome] += 1;
  return counts;
}

function bySystem(scenarios: readonly ScenarioSummary[]): SystemSummary[] {
  const groups = new Map<string, ScenarioSummary[]>();
  for (const scenario of scenarios) {
    const group = groups.get(scenario.system);
    if (group === undefined) groups.set(scenario.system, [scenario]);
    else group.push(scenario);
  }
  return [...groups]
    .sort(([a], [b]) => order(a, b))
    .map(([system, members]) => ({
      system,
      counts: count(members),
      milliseconds: members.reduce((sum, { last }) => sum + (last.milliseconds ?? 0), 0),
      scenarios: members,
    }));
}

const collator = new Intl.Collator("en", { numeric: true });

function order(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/**
 * The same scenarios run over several readers (or at several times), side by side: verdicts, status
 * words and latencies. Everything is computed from the journals of the runs.
 */
import type { Bilingual } from "../journal/events.ts";
import type { Outcome, RunSummary, ScenarioSummary } from "../journal/summary.ts";
import { type Act, behaviourOf, firstDifference } from "./behaviour.ts";
import { type Latency, latenciesOf } from "./latency.ts";

/** A run under the name its column has. */
export interface ComparedRun {
  readonly label: string;
  readonly summary: RunSummary;
}

export interface Cell {
  readonly outcome: Outcome;
  /** Why it was skipped. */
  readonly reason?: Bilingual;
  /** Code, or message where there is none, of what failed. */
  readonly failure?: string;
  /** Milliseconds the scenario took. */
  readonly milliseconds?: number;
}

/** Where the cards' answers first part. */
export interface Parting {
  /** Acts before it that are the same everywhere. */
  readonly after: number;
  /** By column; undefined where the scenario was not judged, or had ended by then. */
  readonly acts: readonly (Act | undefined)[];
}

export interface ScenarioRow {
  readonly scenario: string;
  readonly title: Bilingual;
  readonly system: string;
  /** By column; undefined where the run knows nothing of the scenario. */
  readonly cells: readonly (Cell | undefined)[];
  /** Whether runs that judged the scenario judged it differently. */
  readonly verdictsDiffer: boolean;
  readonly parting?: Parting;
}

export interface CommandRow {
  readonly command: string;
  /** By column; undefined where the command was never answered. */
  readonly latencies: readonly (Latency | undefined)[];
}

export interface Comparison {
  readonly columns: readonly ComparedRun[];
  /** In the order of the first run that has them. */
  readonly scenarios: readonly ScenarioRow[];
  /** The most frequent first. */
  readonly commands: readonly CommandRow[];
  /** Scenarios of which verdict or answers differ. */
  readonly differing: number;
}

export function compareRuns(columns: readonly ComparedRun[]): Comparison {
  const byId = columns.map(
    ({ summary }) => new Map(summary.scenarios.map((scenario) => [scenario.scenario, scenario])),
  );
  const ids = new Set(byId.flatMap((scenarios) => [...scenarios.keys()]));
  const scenarios = [...ids].map((id) => scenarioRow(byId.map((found) => found.get(id))));
  return {
    columns,
    scenarios,
    commands: commandRows(columns),
    differing: scenarios.filter(differs).length,
  };
}

export function differs({ verdictsDiffer, parting }: ScenarioRow): boolean {
  return verdictsDiffer || parting !== undefined;
}

function scenarioRow(found: readonly (ScenarioSummary | undefined)[]): ScenarioRow {
  const judged = found.filter(isJudged);
  const [any] = found.filter((scenario) => scenario !== undefined);
  const parting = partingOf(found);
  return {
    scenario: any?.scenario ?? "",
    title: any?.title ?? { ja: "", en: "" },
    system: any?.system ?? "",
    cells: found.map((scenario) => scenario && cellOf(scenario)),
    verdictsDiffer: new Set(judged.map(({ outcome }) => outcome)).size > 1,
    ...(parting === undefined ? {} : { parting }),
  };
}

/** A scenario a reader cannot express is skipped there, and says nothing about that reader. */
function isJudged(scenario: ScenarioSummary | undefined): scenario is ScenarioSummary {
  return scenario !== undefined && scenario.outcome !== "skipped";
}

function partingOf(found: readonly (ScenarioSummary | undefined)[]): Parting | undefined {
  const behaviours = found.map((scenario) =>
    isJudged(scenario) ? behaviourOf(scenario.last) : undefined,
  );
  const after = firstDifference(behaviours.filter((acts) => acts !== undefined));
  if (after === undefined) return undefined;
  return { after, acts: behaviours.map((acts) => acts?.[after]) };
}

function cellOf({ outcome, last }: ScenarioSummary): Cell {
  const failure = last.failure?.code ?? last.failure?.message;
  return {
    outcome,
    ...(last.reason === undefined ? {} : { reason: last.reason }),
    ...(failure === undefined ? {} : { failure }),
    ...(last.milliseconds === undefined ? {} : { milliseconds: last.milliseconds }),
  };
}

function commandRows(columns: readonly ComparedRun[]): CommandRow[] {
  const byColumn = columns.map(({ summary }) => latenciesOf(summary));
  const commands = new Set(byColumn.flatMap((latencies) => [...latencies.keys()]));
  return [...commands]
    .map((command) => ({ command, latencies: byColumn.map((found) => found.get(command)) }))
    .sort((a, b) => frequency(b) - frequency(a));
}

function frequency({ latencies }: CommandRow): number {
  return latencies.reduce((sum, latency) => sum + (latency?.count ?? 0), 0);
}

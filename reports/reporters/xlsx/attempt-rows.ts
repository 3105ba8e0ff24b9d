/** What a table of steps shows of one attempt: its steps in order, then what happened outside them. */
import type { EvidenceNoted } from "../../journal/events.ts";
import { brokenStep } from "../../journal/findings.ts";
import type {
  AttemptSummary,
  Exchange,
  Outcome,
  ScenarioSummary,
  StepSummary,
} from "../../journal/summary.ts";

export interface StepRow {
  readonly scenario: ScenarioSummary;
  readonly attempt: AttemptSummary;
  /** Absent in the row for what no step was told of. */
  readonly step?: StepSummary;
  /** How many steps it stands in. */
  readonly depth: number;
  /** Absent where the verdict of the attempt came about in a step. */
  readonly outcome?: Outcome;
  /** Whether what failed here is the failure of the attempt. */
  readonly broken: boolean;
  readonly evidence: readonly EvidenceNoted[];
  readonly exchanges: readonly Exchange[];
}

export function* rowsOf(scenario: ScenarioSummary): Generator<StepRow> {
  for (const attempt of [...scenario.earlier, scenario.last]) yield* attemptRows(scenario, attempt);
}

function* attemptRows(scenario: ScenarioSummary, attempt: AttemptSummary): Generator<StepRow> {
  const broken = brokenStep(attempt);
  const evidence = byStep(attempt.evidence);
  const exchanges = byStep(attempt.exchanges);
  const about = { scenario, attempt };
  for (const { step, depth } of flat(attempt.steps)) {
    yield {
      ...about,
      step,
      depth,
      outcome: step.outcome,
      broken: step === broken,
      evidence: evidence.get(step.step) ?? [],
      exchanges: exchanges.get(step.step) ?? [],
    };
  }
  const outside = {
    evidence: evidence.get(undefined) ?? [],
    exchanges: exchanges.get(undefined) ?? [],
  };
  const decided = broken === undefined && attempt.outcome !== "passed";
  if (attempt.steps.length > 0 && outside.evidence.length === 0 && !decided) return;
  const outcome = broken === undefined ? { outcome: attempt.outcome } : {};
  yield { ...about, depth: 0, ...outcome, broken: decided, ...outside };
}

function* flat(
  steps: readonly StepSummary[],
  depth = 0,
): Generator<{ readonly step: StepSummary; readonly depth: number }> {
  for (const step of steps) {
    yield { step, depth };
    yield* flat(step.steps, depth + 1);
  }
}

function byStep<Event extends { readonly step?: number }>(events: readonly Event[]) {
  const groups = new Map<number | undefined, Event[]>();
  for (const event of events) {
    const group = groups.get(event.step);
    if (group === undefined) groups.set(event.step, [event]);
    else group.push(event);
  }
  return groups;
}

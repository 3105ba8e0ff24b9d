/**
 * The plan of a run: which scenarios run, why not the others, and what the test card is charged. It is
 * drawn from the catalogue and the configuration alone; no reader is asked.
 */
import type { ProjectConfig } from "../config/config.ts";
import { budgetOf, GUARDED_PINS, type Tries, type TryBudget } from "../guard/index.ts";
import type { SystemName } from "../relying-party/driver.ts";
import type { ScenarioRecord } from "../scenario/meta.ts";
import { type Applicability, applicability, offerOf } from "./applicability.ts";

export interface PlannedScenario<Entry> {
  readonly entry: Entry;
  readonly decision: Applicability;
}

export interface CardCharge {
  /** Identity of the declared test card. */
  readonly id: string;
  /** Tries that the scenarios spend and do not give back. */
  readonly planned: Tries;
  readonly budget: TryBudget;
}

export interface RunPlan<Entry> {
  readonly scenarios: readonly PlannedScenario<Entry>[];
  /** Absent where no physical card is declared a test card. */
  readonly card?: CardCharge;
}

/**
 * Scenarios are charged in the order given; one that the budget does not cover does not run.
 *
 * @param systems under test that the project has; default the built-in ones
 */
export function planRun<Entry extends ScenarioRecord>(
  entries: readonly Entry[],
  project: ProjectConfig,
  systems?: readonly SystemName[],
): RunPlan<Entry> {
  const offer = offerOf(project, systems);
  const decided = entries.map((entry) => ({ entry, decision: applicability(entry, offer) }));
  const { testCard } = project;
  if (!offer.physical || testCard === undefined) return { scenarios: decided };
  const budget = budgetOf(testCard.budget);
  const planned = { auth: 0, sign: 0, text: 0, other: 0 };
  const scenarios = decided.map((row) => {
    if (!row.decision.runs) return row;
    const { triesConsumed } = row.entry;
    const wanting = GUARDED_PINS.find(
      (pin) => planned[pin] + triesOf(triesConsumed, pin) > budget[pin],
    );
    if (wanting !== undefined) {
      const left = budget[wanting] - planned[wanting];
      return { ...row, decision: beyond(wanting, triesOf(triesConsumed, wanting), left) };
    }
    for (const pin of GUARDED_PINS) planned[pin] += triesOf(triesConsumed, pin);
    return row;
  });
  return { scenarios, card: { id: testCard.id, planned, budget } };
}

function triesOf(tries: { readonly [pin: string]: number | undefined }, pin: string): number {
  return tries[pin] ?? 0;
}

function beyond(pin: string, needed: number, left: number): Applicability {
  return {
    runs: false,
    reason: {
      ja: `試行回数の予算を超えます（${pin}: 必要${needed}回、残り${left}回。testCard.budget）`,
      en: `beyond the budget of tries (${pin}: needs ${needed}, ${left} left; testCard.budget)`,
    },
  };
}

/** Where an attempt went wrong, as far as its journal tells. */
import type { ApduExchanged } from "./events.ts";
import type { AttemptSummary, Outcome, StepSummary } from "./summary.ts";

/** Whether there is something to look into. */
export function isBroken({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === "failed" || outcome === "interrupted";
}

/** The innermost step that failed, or in which the attempt was cut short. */
export function brokenStep(attempt: AttemptSummary): StepSummary | undefined {
  return innermost(attempt.steps);
}

function innermost(steps: readonly StepSummary[]): StepSummary | undefined {
  const broken = steps.findLast((step) => step.outcome !== "passed");
  return broken && (innermost(broken.steps) ?? broken);
}

/** The last thing that was said to a card. */
export function lastApdu(attempt: AttemptSummary): ApduExchanged | undefined {
  return attempt.exchanges.findLast((exchange) => exchange.type === "apdu");
}

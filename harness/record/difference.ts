/** Where two sessions part: the first step at which they are not the same. */
import type { Bilingual } from "../../reports/index.ts";
import type { RecordedStep } from "./recording.ts";

export interface Difference {
  /** Place in the recording, counted from 1. */
  readonly step: number;
  readonly label: Bilingual;
  /** Whether they part in what was sent, in what came back, or in that one of them ends. */
  readonly part: "sent" | "received" | "end";
  /** As the recording has it; `—` where it has nothing. */
  readonly expected: string;
  readonly received: string;
}

const NOTHING = "—";

/** How two steps differ; times may. Holes are the same when they have the same kind and size. */
export function stepDifference(
  step: number,
  expected: RecordedStep,
  found: RecordedStep,
): Difference | undefined {
  const { label } = expected;
  const sent = { expected: sentBy(expected), received: sentBy(found) };
  if (sent.expected !== sent.received) return { step, label, part: "sent", ...sent };
  const answer = { expected: answerTo(expected), received: answerTo(found) };
  if (answer.expected !== answer.received) return { step, label, part: "received", ...answer };
  return undefined;
}

/**
 * The first difference between a recorded session and another; a session that says the same and ends
 * early, or goes on, differs where it does so.
 */
export function firstDifference(
  expected: readonly RecordedStep[],
  found: readonly RecordedStep[],
): Difference | undefined {
  for (const [place, step] of expected.entries()) {
    const other = found[place];
    const at = place + 1;
    if (other === undefined) {
      const { label } = step;
      return { step: at, label, part: "end", expected: sentBy(step), received: NOTHING };
    }
    const difference = stepDifference(at, step, other);
    if (difference !== undefined) return difference;
  }
  const leftover = found[expected.length];
  if (leftover === undefined) return undefined;
  const { label } = leftover;
  const step = expected.length + 1;
  return { step, label, part: "end", expected: NOTHING, received: sentBy(leftover) };
}

function sentBy({ sent, form }: RecordedStep): string {
  return form === undefined ? sent : `${sent} (${form})`;
}

function answerTo({ received, error }: RecordedStep): string {
  return received ?? (error === undefined ? NOTHING : `! ${error}`);
}

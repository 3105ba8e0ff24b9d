/**
 * One attempt at a scenario as the ledger sees it: a card that it leaves short of more tries than it
 * declares, or on which it failed while it changed something, gets nothing more in this run.
 */
import type { Effect } from "../../reports/index.ts";
import { BenchError } from "../errors.ts";
import { GUARDED_PINS, type GuardedPin } from "./budget.ts";
import type { CardLedger } from "./ledger.ts";

export interface Attempt {
  /** Scenario id. */
  readonly id: string;
  readonly effect: Effect;
  /** Tries it says it does not give back. */
  readonly triesConsumed: { readonly [Pin in GuardedPin]?: number | undefined };
}

export interface AttemptAccount {
  /** The body threw this. */
  failed(error: unknown): void;
  /** The attempt is over: what it took is compared with what it declared. */
  close(): void;
}

/** @param card identity of the test card */
export function openAccount(ledger: CardLedger, card: string, attempt: Attempt): AttemptAccount {
  const before = ledger.charged(card);
  return {
    failed: (error) => {
      if (attempt.effect === "read-only" || wasRefused(error)) return;
      ledger.latch(card, `${attempt.id} failed, and it may have changed the card`);
    },
    close: () => {
      const after = ledger.charged(card);
      const short = GUARDED_PINS.find(
        (pin) => after[pin] - before[pin] > (attempt.triesConsumed[pin] ?? 0),
      );
      if (short === undefined) return;
      const tries = after[short] - before[short];
      const declared = attempt.triesConsumed[short] ?? 0;
      ledger.latch(
        card,
        `${attempt.id} left ${short} short of ${tries} tries and declares ${declared}`,
      );
    },
  };
}

/** What was refused before it reached the card took nothing from it. */
function wasRefused(error: unknown): boolean {
  return (
    error instanceof BenchError &&
    (error.code.startsWith("GUARD_") || error.code === "SCENARIO_NEEDS")
  );
}

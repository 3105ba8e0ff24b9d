/**
 * How many tries a run may have at stake on one test card. A try is at stake from the moment a PIN is
 * sent; the right PIN gives back all that were spent on it (card-facts section 3), as the card does.
 */

/** `other`: 照合番号 and every PIN that cannot be told from what was selected before. */
export const GUARDED_PINS = ["auth", "sign", "text", "other"] as const;

export type GuardedPin = (typeof GUARDED_PINS)[number];

export type TryBudget = Readonly<Record<GuardedPin, number>>;

/** All tries but the last where a card has them all: 3, 5 and 3 (card-facts section 3). */
export const LARGEST_BUDGET: TryBudget = { auth: 2, sign: 4, text: 2, other: 1 };

/** What was declared, and for the rest the largest. */
export function budgetOf(declared: { [Pin in GuardedPin]?: number | undefined } = {}): TryBudget {
  const entries = GUARDED_PINS.map((pin) => [pin, declared[pin] ?? LARGEST_BUDGET[pin]] as const);
  return Object.fromEntries(entries) as Record<GuardedPin, number>;
}

/** The card error an operation fails with, for tests that look at more than its code. */
import { CardError } from "../card-error.ts";

export async function cardErrorOf(operation: Promise<unknown>): Promise<CardError> {
  const outcome = await operation.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (outcome instanceof CardError) return outcome;
  throw new Error("not a card error", { cause: outcome });
}

/**
 * One VERIFY with data on the test card: asked for first, charged before it is sent, and settled by
 * what the card answers. It is never sent a second time.
 */
import { SW, triesLeft } from "../../simulator/iso7816/index.ts";
import { BenchError } from "../errors.ts";
import type { TransmitOptions } from "../reader/reader.ts";
import { statusWordOf } from "../reader/status-word.ts";
import { budgetOf, type GuardedPin } from "./budget.ts";
import type { CardLedger } from "./ledger.ts";
import { type GuardPolicy, meansToSpend } from "./policy.ts";

export interface Verification {
  readonly command: Uint8Array;
  readonly pin: GuardedPin;
  /** Identity of the test card. */
  readonly card: string;
  readonly policy: GuardPolicy;
  readonly ledger: CardLedger;
  readonly send: (command: Uint8Array, options?: TransmitOptions) => Promise<Uint8Array>;
}

/**
 * @returns the card's answer, whatever it is
 * @throws BenchError GUARD_LAST_TRY, GUARD_BUDGET: the VERIFY was not sent; and what `send` throws
 */
export async function verifyOnce(
  verification: Verification,
  options?: TransmitOptions,
): Promise<Uint8Array> {
  const { command, pin, card, ledger, send } = verification;
  const left = await askTries(verification);
  requireSpare(left);
  requireBudget(verification);
  ledger.charge(card, pin);
  try {
    const answer = await send(command, options);
    await settle(verification, statusWordOf(answer), left);
    return answer;
  } catch (error) {
    ledger.latch(card, `whether a VERIFY (${pin}) spent a try is not known`);
    throw error;
  }
}

/** Undefined for every answer that is not 63CX. */
async function askTries({ command, send }: Verification): Promise<number | undefined> {
  const question = Uint8Array.of(0x00, 0x20, 0x00, command[3] ?? 0);
  return triesLeft(statusWordOf(await send(question)));
}

function requireSpare(left: number | undefined): void {
  if (left === undefined) throw lastTry("the card does not tell how many tries are left");
  if (left < 2) throw lastTry(left === 1 ? "one try is left" : "the PIN is blocked");
}

function requireBudget({ pin, card, policy, ledger }: Verification): void {
  const budget = budgetOf(policy.budget)[pin];
  const charged = ledger.charged(card)[pin];
  if (charged < budget) return;
  throw new BenchError(
    "GUARD_BUDGET",
    `VERIFY was not sent: ${charged} of ${budget} tries (${pin}) of this run are spent`,
  );
}

async function settle(
  verification: Verification,
  status: number,
  before: number | undefined,
): Promise<void> {
  const { pin, card, policy, ledger } = verification;
  if (status === SW.OK) return ledger.giveBack(card, pin);
  if (status >> 8 === 0x63) {
    if (!meansToSpend(policy)) ledger.latch(card, `a PIN (${pin}) was wrong unexpectedly`);
    return;
  }
  // Refused before the PIN was looked at, or not: the counter itself knows.
  const after = await askTries(verification);
  if (after !== undefined && after === before) return ledger.giveBack(card, pin, 1);
  ledger.latch(card, `a VERIFY (${pin}) was answered in an unexpected way`);
}

function lastTry(reason: string): BenchError {
  return new BenchError("GUARD_LAST_TRY", `VERIFY was not sent: ${reason}`);
}

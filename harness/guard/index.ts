/** The guard around physical cards, and what a run may take from its test card. */
export { type Attempt, type AttemptAccount, openAccount } from "./account.ts";
export { budgetOf, GUARDED_PINS, type TryBudget } from "./budget.ts";
export { guarded } from "./guarded.ts";
export { CardLedger, type Tries } from "./ledger.ts";
export type { GuardPolicy } from "./policy.ts";

/** What the guard is told, and what it allows accordingly. */
import type { Effect } from "../../reports/index.ts";
import { BenchError } from "../errors.ts";
import type { TryBudget } from "./budget.ts";
import type { CommandKind } from "./classify.ts";

export interface GuardPolicy {
  /**
   * The physical card that is declared a test card: `sha256:` and the SHA-256 of its 利用者証明用
   * certificate, as `cardIdentity` gives it. Every other physical card is only ever read.
   */
  readonly testCard?: string;
  /**
   * What is meant to happen to the test card. Default `read-only`: PINs may be presented, and a
   * wrong one is a surprise after which no other is sent.
   */
  readonly effect?: Effect;
  /** How many tries of each PIN a run may have at stake. Default: all but the last of a full card. */
  readonly budget?: TryBudget | undefined;
}

const RANK: Readonly<Record<Effect, number>> = {
  "read-only": 0,
  "spends-tries": 1,
  "changes-card": 2,
  "destroys-card": 3,
};

/** The least effect a scenario must declare to send such a command to a test card. */
const NEEDED: Readonly<Record<Exclude<CommandKind, "never">, Effect>> = {
  reads: "read-only",
  signs: "read-only",
  tries: "read-only",
  changes: "changes-card",
  unknown: "destroys-card",
};

/**
 * Passes what may be sent to a physical card.
 *
 * @param stranger why the card is not the declared test card; undefined when it is
 * @throws BenchError GUARD_EFFECT
 */
export function requirePermitted(
  kind: CommandKind,
  policy: GuardPolicy,
  stranger: string | undefined,
): void {
  if (kind === "reads") return;
  if (stranger !== undefined) throw refusal(`${stranger}; it is only read`);
  if (kind === "never") throw refusal("the command could spend a try that cannot be watched");
  const needed = NEEDED[kind];
  if (includes(policy.effect, needed)) return;
  throw refusal(`the command needs the effect ${needed}`);
}

/** Whether whoever wrote the scenario expects wrong PINs. */
export function meansToSpend(policy: GuardPolicy): boolean {
  return includes(policy.effect, "spends-tries");
}

function includes(declared: Effect = "read-only", needed: Effect): boolean {
  return RANK[declared] >= RANK[needed];
}

function refusal(reason: string): BenchError {
  return new BenchError("GUARD_EFFECT", `not sent: ${reason}`);
}

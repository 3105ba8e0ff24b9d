import { expect, it } from "vitest";
import { BenchError } from "../errors.ts";
import { type Attempt, openAccount } from "./account.ts";
import { CardLedger } from "./ledger.ts";

const CARD = `sha256:${"a".repeat(64)}`;
const attempt = (part: Partial<Attempt> = {}): Attempt => ({
  id: "CR-99",
  effect: "spends-tries",
  triesConsumed: {},
  ...part,
});

it("latches a card that is left short of tries nobody declared", () => {
  const ledger = new CardLedger();
  const account = openAccount(ledger, CARD, attempt({ triesConsumed: { auth: 1 } }));
  ledger.charge(CARD, "auth");
  ledger.charge(CARD, "auth");
  account.close();
  expect(ledger.latched(CARD)).toBe("CR-99 left auth short of 2 tries and declares 1");
});

it("minds neither what was declared, nor what was given back, nor what others spent", () => {
  const ledger = new CardLedger();
  ledger.charge(CARD, "auth");
  const account = openAccount(ledger, CARD, attempt({ triesConsumed: { auth: 1 } }));
  ledger.charge(CARD, "auth");
  ledger.charge(CARD, "sign");
  ledger.giveBack(CARD, "sign");
  account.close();
  expect(ledger.latched(CARD)).toBeUndefined();
});

it.each([
  ["spends-tries", new Error("expected 2"), true],
  ["changes-card", new BenchError("READER_LOST", "gone"), true],
  ["read-only", new Error("expected 2"), false],
  ["spends-tries", new BenchError("GUARD_LAST_TRY", "refused"), false],
  ["spends-tries", new BenchError("SCENARIO_NEEDS", "no pin"), false],
] as const)("after a failure with the effect %s and %s: latched %s", (effect, error, latched) => {
  const ledger = new CardLedger();
  const account = openAccount(ledger, CARD, attempt({ effect }));
  account.failed(error);
  account.close();
  expect(ledger.latched(CARD) !== undefined).toBe(latched);
});

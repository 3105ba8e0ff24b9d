/** What is left of an act at the counter when the process is killed in the middle of it. */
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Lab } from "./lab.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.open({ seed: "cut short", keys: TEST_KEY_POOL });
});

afterEach(() => lab.close());

it("a card that is not made yet is not in the register, whenever that is written down", async () => {
  let handedOut = false;
  const handOut = lab.issueCard("adult").finally(() => {
    handedOut = true;
  });
  const seen = new Set<number>();
  while (!handedOut) {
    seen.add(lab.cards.length);
    await setImmediate();
  }
  await handOut;
  expect([...seen, lab.cards.length]).toContain(0);
  expect(lab.cards).toHaveLength(1);
});

it.each([
  ["renew", () => lab.counter.renew({ id: "R0001" })],
  ["move", () => lab.counter.move({ id: "R0001" })],
  ["emigrate", () => lab.counter.emigrate({ id: "R0001" })],
] as const)("%s: the register is written down before the card changes", async (_what, act) => {
  const { card } = await lab.issueCard("adult");
  const before = card.image;
  const cardWhenSaved: unknown[] = [];
  vi.spyOn(lab, "save").mockImplementation(() => void cardWhenSaved.push(card.image));
  await act();
  expect(cardWhenSaved).toHaveLength(1);
  expect(cardWhenSaved[0]).toBe(before);
  expect(card.image).not.toBe(before);
});

import { expect, it } from "vitest";
import type { ProjectConfig } from "../config/config.ts";
import { type ScenarioMeta, toRecord } from "../scenario/meta.ts";
import { planRun } from "./plan.ts";

const ID = `sha256:${"0".repeat(64)}`;
const PINS = { auth: "1234" };

const desk = (budget?: object): ProjectConfig => ({
  reader: { driver: "pcsc", name: "SONY" },
  testCard: { id: ID, pins: PINS, ...(budget && { budget }) },
});

const scenario = (id: string, part: Partial<ScenarioMeta> = {}) =>
  toRecord(id, {
    title: { ja: "題", en: "title" },
    system: "card",
    source: "-",
    effect: "spends-tries",
    ...part,
  });

const running = (plan: ReturnType<typeof planRun>) =>
  plan.scenarios.filter(({ decision }) => decision.runs).map(({ entry }) => entry.id);

it("charges the test card, and leaves out what the budget does not cover", () => {
  const entries = [
    scenario("XX-01", { tries: { auth: 1 } }),
    scenario("XX-02", { tries: { auth: 2, sign: 1 } }),
    scenario("XX-03", { tries: { auth: 1, sign: 1 } }),
    scenario("XX-04", { needs: ["lab"], tries: { sign: 4 } }),
  ];
  const plan = planRun(entries, desk());
  expect(running(plan)).toEqual(["XX-01", "XX-03"]);
  expect(plan.card).toEqual({
    id: ID,
    planned: { auth: 2, sign: 1, text: 0, other: 0 },
    budget: { auth: 2, sign: 4, text: 2, other: 1 },
  });
  expect(plan.scenarios[1]?.decision).toMatchObject({
    reason: { en: "beyond the budget of tries (auth: needs 2, 1 left; testCard.budget)" },
  });
});

it("keeps to a budget that was declared", () => {
  const plan = planRun([scenario("XX-01", { tries: { auth: 1 } })], desk({ auth: 0 }));
  expect(running(plan)).toEqual([]);
  expect(plan.card?.budget).toEqual({ auth: 0, sign: 4, text: 2, other: 1 });
});

it("never plans the last try of a card, whatever declares it", () => {
  const blocking = scenario("XX-01", { effect: "destroys-card", tries: { auth: 3 } });
  expect(running(planRun([blocking], desk()))).toEqual([]);
});

it.each([
  ["simulated", { reader: { driver: "simulated" } }],
  ["undeclared", { reader: { driver: "pcsc", name: "SONY" } }],
] as const)("charges no %s card", (_name, project) => {
  expect(planRun([scenario("XX-01", { tries: { auth: 3 } })], project).card).toBeUndefined();
});

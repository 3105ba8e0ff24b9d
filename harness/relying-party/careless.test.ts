// What the scenarios about systems under test are worth to a vendor: each notices the carelessness it is for.
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { FAULTS } from "./testing/careless/faults.ts";
import { runFor } from "./testing/runs.ts";

const DRIVER = fileURLToPath(new URL("./testing/careless/driver.ts", import.meta.url));

it("fails careless systems where they are careless, and passes them when they are careful", async () => {
  const most = Math.max(...Object.values(FAULTS).map((faults) => faults.length));
  const { exitCode, outcomes } = await runFor({ driver: DRIVER }, ["RP", "--retries", `${most}`]);
  const expected = Object.entries(FAULTS).map(([scenario, faults]) => {
    const failedSteps = faults.map(([, step]) => step);
    return [scenario, { verdict: "passed", attempts: faults.length + 1, failedSteps }];
  });
  expect(outcomes).toEqual(Object.fromEntries(expected));
  expect(exitCode).toBe(0);
}, 300_000);

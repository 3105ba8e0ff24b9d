/**
 * `scenario()`: how a connection test is written. It declares one Vitest test with the catalogue's
 * row as its metadata; inside, the body gets a context with a card, the world and a pen.
 */
import { test as base, inject } from "vitest";
import type { ScenarioContext } from "./context.ts";
import { type ScenarioMeta, type ScenarioRecord, toRecord } from "./meta.ts";
import { perform } from "./perform.ts";
import { rigOf } from "./rig.ts";
import { ScenarioLog } from "./scenario-log.ts";
import { PLAIN_SETTINGS } from "./settings.ts";
import { Workbench } from "./workbench.ts";

declare module "vitest" {
  interface TaskMeta {
    /** The catalogue's row, as the process that drives a run finds it. */
    scenario?: ScenarioRecord;
  }
}

export type ScenarioBody = (context: ScenarioContext) => Promise<void>;

/** One workbench a worker: a private world on its own ports, or the one real reader. */
function extendedTest() {
  return base.extend<{ workbench: Workbench }>({
    workbench: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from this pattern
      async ({}, use) => {
        const settings = inject("jpkiBench") ?? PLAIN_SETTINGS;
        const workbench = new Workbench(settings, await rigOf(settings.rig));
        await use(workbench);
        await workbench.close();
      },
      { scope: "worker" },
    ],
  });
}

/**
 * Made by the first scenario and not before: a configuration and a driver come in by the same door, and
 * outside of a worker Vitest lets nobody extend a test.
 */
let test: ReturnType<typeof extendedTest> | undefined;

/**
 * Declares a scenario.
 *
 * @param id unique for ever, like `CR-01`
 * @param meta the catalogue's row
 * @param body does the test; throws, or fails an expectation, where the system is not as it should be
 * @throws BenchError SCENARIO_INVALID for a row that is not complete
 */
export function scenario(id: string, meta: ScenarioMeta, body: ScenarioBody): void {
  const record = toRecord(id, meta);
  const options = {
    meta: { scenario: record },
    ...(meta.timeout === undefined ? {} : { timeout: meta.timeout }),
  };
  test ??= extendedTest();
  test(`${id} ${meta.title.ja}`, options, async ({ workbench, task }) => {
    const attempt = (task.result?.retryCount ?? 0) + 1;
    const log = new ScenarioLog(record, attempt, workbench.write);
    const ended = await workbench.rig?.begin(record.id, log);
    try {
      await perform({ record, log, workbench }, body);
    } finally {
      ended?.();
    }
  });
}

/** One attempt at a scenario, from its world to its end, whatever comes of it. */
import type { Bilingual } from "../../reports/index.ts";
import type { HttpTraceSink } from "../platform/index.ts";
import { contextOf, type ScenarioContext } from "./context.ts";
import { type Attempt, Hand } from "./hand.ts";
import type { ScenarioRecord } from "./meta.ts";
import type { OpenSystems } from "./relying-party/open.ts";
import { scrubError } from "./scrub.ts";

/** Performs it, and leaves nothing of it behind. What `body` throws comes without secrets. */
export async function perform(
  attempt: Attempt,
  body: (context: ScenarioContext) => Promise<void>,
): Promise<void> {
  const { workbench, record, log } = attempt;
  const sink: HttpTraceSink = (exchange) => log.exchange({ type: "http", ...exchange });
  const lab = await workbench.openLab(record.id);
  const configured = needsActuator(record) ? await workbench.actuator() : undefined;
  const hand = new Hand(attempt, lab, configured);
  const account = workbench.openAccount(record);
  let opened: OpenSystems | undefined;
  try {
    opened = await workbench.openSystems(lab, {
      scenario: record.id,
      needs: record.needs,
      sink,
      onTrouble: (what) => log.note(NOT_CLOSED, what),
    });
    await body(contextOf({ ...attempt, hand, lab, underTest: opened.systems, sink }));
  } catch (error) {
    account?.failed(error);
    scrubError(error, [...(lab?.secrets() ?? []), ...workbench.configuredSecrets()]);
    throw error;
  } finally {
    await hand.letGo();
    account?.close();
    await opened?.close();
    await lab?.close();
  }
}

const NOT_CLOSED: Bilingual = { ja: "試験対象システムの終了", en: "closing the system under test" };

function needsActuator({ needs }: ScenarioRecord): boolean {
  return needs.includes("actuator") || needs.includes("power");
}

/** Runs of the scenarios about systems under test, as a vendor starts them, and what came of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEvent } from "../../../reports/index.ts";
import { type Finished, jpkiBench } from "../../cli/testing/cli.ts";

export interface ScenarioOutcome {
  readonly verdict: string;
  readonly attempts: number;
  /** Titles (English) of the steps that failed, over all attempts. */
  readonly failedSteps: readonly string[];
  /** Why it did not run (English), or the code it failed with. */
  readonly why?: string | undefined;
}

export interface VendorRun extends Finished {
  readonly outcomes: Readonly<Record<string, ScenarioOutcome>>;
}

/** @param relyingParty as it stands in the configuration */
export async function runFor(
  relyingParty: object,
  words: readonly string[] = ["RP"],
): Promise<VendorRun> {
  const folder = mkdtempSync(join(tmpdir(), "jpki-vendor-"));
  try {
    const town = { reader: { driver: "simulated" }, relyingParty };
    const config = join(folder, "bench.config.json");
    writeFileSync(config, JSON.stringify({ projects: { town } }));
    const out = join(folder, "out");
    const given = ["--config", config, "--project", "town", "--out", out, "--reporter", "junit"];
    const finished = await jpkiBench(["run", ...words, ...given]);
    return { ...finished, outcomes: outcomesIn(join(out, "journal.ndjson")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outcomesIn(journal: string): Record<string, ScenarioOutcome> {
  const lines = readFileSync(journal, "utf8").trim().split("\n");
  const events = lines.map((line) => JSON.parse(line) as JournalEvent);
  const ended = events.flatMap((event) => (event.type === "scenario-ended" ? [event] : []));
  return Object.fromEntries(
    ended.map(({ scenario, verdict, attempt, reason, failure }) => {
      const failedSteps = failedStepsOf(events, scenario);
      const why = reason?.en ?? failure?.code;
      return [scenario, { verdict, attempts: attempt, failedSteps, why }];
    }),
  );
}

function failedStepsOf(events: readonly JournalEvent[], scenario: string): string[] {
  const titles = new Map<string, string>();
  const failed: string[] = [];
  for (const event of events) {
    if (event.type === "step-started" && event.scenario === scenario) {
      titles.set(`${event.attempt}/${event.step}`, event.title.en);
    }
    if (event.type !== "step-ended" || event.scenario !== scenario) continue;
    const title = titles.get(`${event.attempt}/${event.step}`);
    if (event.verdict === "failed" && title !== undefined) failed.push(title);
  }
  return failed;
}

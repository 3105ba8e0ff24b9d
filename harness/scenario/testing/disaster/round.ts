/** One run of scenarios over an open link with disasters agreed on, and what its journal says of it. */
import { mkdirSync, readFileSync } from "node:fs";
import type { JournalEvent } from "../../../../reports/index.ts";
import { parseConfig } from "../../../config/config.ts";
import { runScenarios } from "../../../run/run.ts";
import { offerHand } from "./hand.ts";
import type { OpenDisasterLink } from "./links.ts";
import { NOTED, type Strike } from "./plan.ts";

const RIG = new URL("./rig.ts", import.meta.url).href;
const SEED = "disasters";

/** What became of a scenario. */
export interface Course {
  readonly scenario: string;
  readonly verdict: "passed" | "failed";
  /** Code of the error it failed with; absent for an expectation that was not met. */
  readonly code?: string;
  readonly message?: string;
  /** Commands that reached the card. */
  readonly exchanges: number;
  readonly struck?: Struck;
}

export interface Struck {
  /** Code of the error the struck exchange ended with; absent where none is in the trace. */
  readonly told?: string;
  /** Its command, redacted, in hexadecimal. */
  readonly command?: string;
  /** Milliseconds from the disaster to the verdict. */
  readonly milliseconds: number;
  /** Milliseconds the event loop of the scenario's process stood still at most. */
  readonly stall: number;
}

export interface RoundOptions {
  readonly scenarios: readonly string[];
  readonly strikes: Readonly<Record<string, Strike>>;
  /** Folder for the journal. */
  readonly out: string;
}

/** The courses of the scenarios that ran, in their order. */
export async function runRound(link: OpenDisasterLink, options: RoundOptions): Promise<Course[]> {
  const { scenarios, strikes, out } = options;
  mkdirSync(out, { recursive: true });
  const config = parseConfig({ projects: { link: link.project } }, "disasters");
  const hand = await offerHand(link);
  try {
    const { journal } = await runScenarios({
      config: { ...config, folder: out, file: undefined },
      project: "link",
      filters: scenarios,
      folder: out,
      retries: 0,
      seed: SEED,
      out,
      environment: {},
      rig: { module: RIG, plan: { hand: hand.url, strikes } },
      onEvent: () => undefined,
    });
    return coursesOf(journal);
  } finally {
    await hand.close();
  }
}

function coursesOf(journal: string): Course[] {
  const lines = readFileSync(journal, "utf8").trim().split("\n");
  const events = lines.map((line) => JSON.parse(line) as JournalEvent);
  const started = events.flatMap((event) =>
    event.type === "scenario-started" ? [event.scenario] : [],
  );
  return started.map((scenario) => courseOf(events, scenario));
}

function courseOf(events: readonly JournalEvent[], scenario: string): Course {
  const own = events.filter((event) => "scenario" in event && event.scenario === scenario);
  const ended = own.find((event) => event.type === "scenario-ended");
  if (ended === undefined || ended.verdict === "skipped") {
    throw new Error(`${scenario} began and has no verdict`);
  }
  const { verdict, failure, at } = ended;
  const struck = struckIn(own, Date.parse(at));
  return {
    scenario,
    verdict,
    ...(failure?.code !== undefined && { code: failure.code }),
    ...(failure !== undefined && { message: failure.message }),
    exchanges: Number(noted(own, "exchanges")?.value ?? Number.NaN),
    ...(struck && { struck }),
  };
}

function struckIn(own: readonly JournalEvent[], verdictAt: number): Struck | undefined {
  const strike = noted(own, "struck");
  if (strike === undefined) return undefined;
  const after = own.slice(own.indexOf(strike));
  const exchange = after.find((event) => event.type === "apdu");
  return {
    ...(exchange?.error !== undefined && { told: exchange.error }),
    ...(exchange !== undefined && { command: exchange.command }),
    milliseconds: verdictAt - Date.parse(strike.at),
    stall: Number(noted(own, "stall")?.value ?? Number.NaN),
  };
}

function noted(own: readonly JournalEvent[], what: keyof typeof NOTED) {
  return own
    .filter((event) => event.type === "evidence")
    .find(({ label }) => label.en === NOTED[what].en);
}

/**
 * One run from the first look at the catalogue to the last line of the journal. What is shown of it
 * while it goes on, and afterwards, is for reporters.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  JOURNAL_FILE,
  type JournalEvent,
  JournalFollower,
  JournalWriter,
  type Unstamped,
} from "../../reports/index.ts";
import type { PlatformProfiles } from "../../simulator/platform/index.ts";
import { isSimulated, type ProjectConfig, projectNamed } from "../config/config.ts";
import type { LoadedConfig } from "../config/load.ts";
import { CardLedger, type Tries } from "../guard/index.ts";
import { systemsOf } from "../scenario/relying-party/source.ts";
import type { RigSpec } from "../scenario/rig.ts";
import { requireStaging, stagingOf } from "../scenario/staging.ts";
import { type CatalogueEntry, readCatalogue } from "./catalogue.ts";
import { type EngineOptions, runFiles } from "./engine.ts";
import { lockProject } from "./lock-project.ts";
import { type CardCharge, type PlannedScenario, planRun, type RunPlan } from "./plan.ts";
import { prepareKeys } from "./prepare.ts";
import { select } from "./selection.ts";
import { VerdictReporter } from "./verdicts.ts";

export interface RunOptions {
  readonly config: LoadedConfig;
  readonly project: string;
  readonly filters: readonly string[];
  readonly tag?: string;
  /** The folder that path filters start from. */
  readonly folder: string;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly retries: number;
  readonly seed: string;
  /** Identifies the run; shards of one run are given the same. Drawn when absent. */
  readonly runId?: string;
  /** Folder the journal is written to; made when it is not there. */
  readonly out: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Profiles of the simulated platforms; the built-in ones when absent. */
  readonly profiles?: Partial<PlatformProfiles>;
  /** Stands between the scenarios and their link, for tests of the bench itself. */
  readonly rig?: RigSpec;
  /** Told every event of the journal, as it is written, whoever wrote it. */
  readonly onEvent: (event: JournalEvent) => void;
  /** Told of work before the first scenario: keys ready and wanted. */
  readonly onPreparing?: (ready: number, wanted: number) => void;
  /** Stops the run; what ran stays recorded. */
  readonly signal?: AbortSignal;
}

export interface RunOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly interrupted: boolean;
  readonly journal: string;
  /** What the declared test card was charged; absent where there is none. */
  readonly card?: CardAccount;
}

export interface CardAccount extends CardCharge {
  /** Tries that were spent and not given back. */
  readonly charged: Tries;
  /** Why nothing more was sent to it; absent when all went as it should. */
  readonly latched?: string;
}

/** Stands beside the journal. */
const LEDGER_FILE = "card-ledger.ndjson";

/**
 * @throws BenchError SCENARIO_UNKNOWN, PROJECT_UNKNOWN and the like before anything is touched, with
 * READER_LOCKED, READER_NOT_FOUND, PLATFORM_CREDENTIALS and RELYING_PARTY_INVALID among them;
 * RUN_FAILED when scenario files could not be run at all
 */
export async function runScenarios(options: RunOptions): Promise<RunOutcome> {
  const project = projectNamed(options.config, options.project);
  const staging = stagingOf(project);
  if (staging !== undefined) requireStaging(staging, process.env);
  const systems = await systemsOf(project);
  // Shards share one card, so the plan is drawn for all of them.
  const chosen = select(await readCatalogue(options.config), options);
  const plan = planRun(chosen, project, systems);
  const rows = shardOf(plan.scenarios, options.shard);
  if (isSimulated(project)) await prepareKeys(options.onPreparing);
  const purpose = `run --project ${options.project}`;
  const lock = rows.some((row) => row.decision.runs)
    ? await lockProject(project, purpose)
    : undefined;
  try {
    return await perform(options, project, plan, rows);
  } finally {
    await lock?.release();
  }
}

async function perform(
  options: RunOptions,
  project: ProjectConfig,
  plan: RunPlan<CatalogueEntry>,
  rows: readonly PlannedScenario<CatalogueEntry>[],
): Promise<RunOutcome> {
  const runnable = rows.filter((row) => row.decision.runs).map((row) => row.entry);
  const run = options.runId ?? randomUUID();
  const journal = freshFile(options.out, JOURNAL_FILE);
  const ledger = freshFile(options.out, LEDGER_FILE);
  const writer = new JournalWriter(journal, { run, worker: "main" });
  const follower = new JournalFollower(journal);
  const write = (event: Unstamped) => {
    writer.write(event);
    for (const written of follower.read()) options.onEvent(written);
  };
  write(runStarted(options, rows.length, plan.card));
  for (const { entry, decision } of rows) {
    if (!decision.runs) write(skipped(entry, decision.reason));
  }

  const verdicts = new VerdictReporter(new Map(runnable.map((entry) => [entry.id, entry])), write);
  if (runnable.length > 0) {
    const only = runnable.map((entry) => entry.id);
    const where = { run, journal, ledger, project };
    const engine = { ...engineFor(options, where), only, reporter: verdicts };
    await runFiles(engine, new Set(runnable.map((entry) => entry.file)), options.signal);
  }
  const outcome = {
    passed: verdicts.passed,
    failed: verdicts.failed,
    skipped: verdicts.skipped + rows.length - runnable.length,
    interrupted: options.signal?.aborted ?? false,
  };
  write({ type: "run-ended", ...outcome, milliseconds: writer.elapsed() });
  follower.close();
  writer.close();
  return { ...outcome, journal, ...(plan.card && { card: accountOf(plan.card, ledger) }) };
}

function engineFor(
  { config, retries, seed, profiles, rig }: RunOptions,
  where: Pick<EngineOptions["settings"], "run" | "journal" | "ledger" | "project">,
) {
  const settings = { ...where, seed, ...(profiles && { profiles }), ...(rig && { rig }) };
  // A rig has one link, and what happens to it is to be told of one scenario at a time.
  const workers = rig === undefined ? workersFor(where.project) : 1;
  return { config, retries, settings, workers };
}

function accountOf(card: CardCharge, file: string): CardAccount {
  const ledger = new CardLedger(file);
  const latched = ledger.latched(card.id);
  return { ...card, charged: ledger.charged(card.id), ...(latched !== undefined && { latched }) };
}

/** What an earlier run wrote in the same folder is evidence, too: it is moved aside, not lost. */
function freshFile(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  if (existsSync(path)) renameSync(path, join(folder, `before-${Date.now()}-${name}`));
  return path;
}

/** Every n-th scenario of the chosen, so that shards are even whatever file they stand in. */
function shardOf<Row>(chosen: readonly Row[], shard: RunOptions["shard"]): readonly Row[] {
  if (shard === undefined) return chosen;
  return chosen.filter((_, i) => i % shard.count === shard.index - 1);
}

/**
 * Simulated worlds are private to a worker; a reader, virtual or real, is one for all, and so is a system
 * under test that has an address.
 */
function workersFor({ reader, relyingParty }: ProjectConfig): number {
  const shared = typeof relyingParty === "object" && relyingParty.url !== undefined;
  return reader.driver === "simulated" && !shared ? availableParallelism() : 1;
}

/** @param card what a report has to name as the card that was tested */
function runStarted(options: RunOptions, planned: number, card: CardCharge | undefined): Unstamped {
  return {
    type: "run-started",
    version: 1,
    project: options.project,
    seed: options.seed,
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    environment: { ...options.environment, ...(card && { card: card.id }) },
    planned,
  };
}

function skipped(entry: CatalogueEntry, reason: { ja: string; en: string }): Unstamped {
  return {
    type: "scenario-ended",
    scenario: entry.id,
    attempt: 1,
    verdict: "skipped",
    milliseconds: 0,
    title: entry.title,
    system: entry.system,
    reason,
  };
}

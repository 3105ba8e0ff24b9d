/** `jpki-bench run`: scenarios, with progress, ending in reports. */
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import {
  finalConsole,
  liveConsole,
  readSummary,
  reporterNames,
  requireReporters,
  writeReports,
} from "../../../reports/index.ts";
import { projectNamed, SIMULATOR_PROJECT } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { type RunOptions, type RunOutcome, runScenarios } from "../../run/run.ts";
import { EXIT } from "../advice.ts";
import { chargedLines } from "../card-lines.ts";
import { acts, benchCommand, parseCount, parseList, parseShard } from "../command.ts";
import { interruptible } from "../interruption.ts";
import {
  type ProfileChoice,
  profileNames,
  profileOption,
  readProfiles,
} from "../profile-option.ts";
import type { CommonOptions, Terminal } from "../terminal.ts";
import { packageVersion } from "../version.ts";

const DEFAULT_REPORTERS = ["html", "junit"];

interface Options {
  readonly config?: string;
  readonly project: string;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly out?: string;
  readonly runId?: string;
  readonly reporter: readonly string[];
  readonly grepTag?: string;
  readonly retries: number;
  readonly profile: readonly ProfileChoice[];
}

export function runCommand(): Command {
  const command = benchCommand("run", "シナリオを実行する", "run scenarios")
    .argument("[filters...]", "id (MK-06), 接頭辞 (MK), パス / id, id prefix or path")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--project <name>", "プロジェクト / project", SIMULATOR_PROJECT)
    .option("--shard <i/n>", "n分割のi番目だけ実行する / run the i-th of n shares", parseShard)
    .option("--out <dir>", "出力先 / folder for journal and reports")
    .option(
      "--reporter <names>",
      `報告書の種類（${reporterNames.join(",")}） / reports to write`,
      parseList,
      DEFAULT_REPORTERS,
    )
    .option("--grep-tag <tag>", "タグで選ぶ / only scenarios with this tag")
    .option(
      "--run-id <id>",
      "分割実行をまとめるための共通の名前 / the same for all shards of a run",
      process.env.JPKI_BENCH_RUN_ID,
    )
    .option("--retries <n>", "失敗時の再実行回数 / attempts after a failure", parseCount, 0)
    .addOption(profileOption());
  return acts<Options>(command, run);
}

async function run(
  terminal: Terminal,
  options: Options & CommonOptions,
  ...filters: string[]
): Promise<number> {
  requireReporters(options.reporter);
  const profiles = await readProfiles(options.profile);
  const folder = process.cwd();
  const config = await loadConfig(folder, options.config);
  const { driver } = projectNamed(config, options.project).reader;
  const out = resolve(folder, options.out ?? join("reports-out", timestamp()));
  return interruptible(async (signal) => {
    const outcome = await runScenarios({
      config,
      project: options.project,
      filters,
      folder,
      out,
      retries: options.retries,
      seed: options.seed ?? randomBytes(4).toString("hex"),
      environment: { ...environment(driver), ...profileNames(profiles) },
      profiles,
      signal,
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      ...(options.runId === undefined ? {} : { runId: options.runId }),
      ...(options.grepTag === undefined ? {} : { tag: options.grepTag }),
      ...progress(terminal),
    });
    await conclude(terminal, out, options.reporter, outcome);
    return exitCode(outcome);
  });
}

/** What a person sees while scenarios run. With `--json` there is nothing to see. */
function progress(terminal: Terminal): Pick<RunOptions, "onEvent" | "onPreparing"> {
  const lines = liveConsole({ lang: terminal.language, color: terminal.color });
  let announced = false;
  return {
    onEvent: (event) => {
      for (const line of lines(event)) terminal.line(line);
    },
    onPreparing: (ready, wanted) => {
      if (ready === wanted || announced) return;
      announced = true;
      terminal.line(
        terminal.say({
          ja: `試験用の鍵を準備しています（${wanted}組、初回のみ） ...`,
          en: `preparing ${wanted} test keys (first run only) ...`,
        }),
      );
    },
  };
}

async function conclude(
  terminal: Terminal,
  out: string,
  reporters: readonly string[],
  outcome: RunOutcome,
): Promise<void> {
  const reports = await writeReports(out, reporters, { lang: terminal.language });
  const summary = await readSummary(outcome.journal);
  const shown = [...reports, { name: "journal", path: outcome.journal }];
  const options = { lang: terminal.language, color: terminal.color, reports: shown };
  for (const line of finalConsole(summary, options)) terminal.line(line);
  for (const line of outcome.card === undefined ? [] : chargedLines(outcome.card)) {
    terminal.line(terminal.say(line));
  }
  terminal.document({
    passed: outcome.passed,
    failed: outcome.failed,
    skipped: outcome.skipped,
    journal: outcome.journal,
    ...(outcome.card && { card: outcome.card }),
    reports: Object.fromEntries(reports.map(({ name, path }) => [name, path])),
  });
}

function exitCode({ failed, interrupted }: RunOutcome): number {
  if (interrupted) return EXIT.interrupted;
  return failed > 0 ? EXIT.failed : EXIT.success;
}

function environment(driver: string): Record<string, string> {
  return {
    "jpki-bench": packageVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    reader: driver,
  };
}

/** `20261121-153000`, so that folders sort by time. */
function timestamp(): string {
  return new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
}

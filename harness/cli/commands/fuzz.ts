/** `jpki-bench fuzz`: random inputs against one part of the bench, counterexamples to files. */
import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { type Command, InvalidArgumentError } from "commander";
import { projectNamed } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { BenchError } from "../../errors.ts";
import { type CampaignResult, campaign } from "../../fuzz/campaign.ts";
import { refusal } from "../../fuzz/physical.ts";
import type { Counterexample, FuzzProperty } from "../../fuzz/property.ts";
import { replay } from "../../fuzz/replay.ts";
import { writeReplay } from "../../fuzz/replay-file.ts";
import type { FuzzTarget, OpenTarget } from "../../fuzz/target.ts";
import { TARGET_NAMES, targetNamed } from "../../fuzz/targets.ts";
import { offerOf } from "../../run/applicability.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { interruptible } from "../interruption.ts";
import type { CommonOptions, Terminal } from "../terminal.ts";
import { coverageOf, showCoverage } from "./fuzz-coverage.ts";

interface Options {
  readonly runs?: number;
  readonly commands?: number;
  readonly time?: number;
  readonly replay?: string;
  readonly out: string;
  readonly project?: string;
  readonly config?: string;
}

const DEFAULT_RUNS = 1000;

export function fuzzCommand(): Command {
  const command = benchCommand(
    "fuzz",
    "乱数で作った入力を与え、不変条件を確かめる（反例は最小化してファイルに残す）",
    "random inputs and what must hold for each; counterexamples are shrunk and kept as files",
  )
    .argument("<target>", TARGET_NAMES.join(", "))
    .option("--runs <n>", "性質ごとの入力の数（既定 1000） / inputs a property", parseSome)
    .option(
      "--commands <n>",
      "性質ごとにカードへ送るコマンドの数（runs に代わる） / commands a property",
      parseSome,
    )
    .option("--time <seconds>", "打ち切るまでの秒数 / seconds at most", parseCount)
    .option("--replay <path>", "反例をもう一度判定する / judge a counterexample again")
    .option("--out <dir>", "反例の出力先 / where counterexamples go", "reports-out/fuzz")
    .option("--project <name>", "構成（シミュレーターに限る） / project, simulated ones only")
    .option("--config <path>", "設定ファイル / configuration file");
  return acts<Options>(command, run);
}

async function run(
  terminal: Terminal,
  options: Options & CommonOptions,
  name = "",
): Promise<number> {
  const target = await targetNamed(name);
  if (options.project !== undefined) {
    const project = projectNamed(await loadConfig(process.cwd(), options.config), options.project);
    if (offerOf(project).physical) throw refusal(`project ${options.project}`);
  }
  if (options.replay !== undefined) return judgeAgain(terminal, name, target, options.replay);
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const open = await target.open(seed);
  try {
    return await search(terminal, name, open, { ...options, seed });
  } finally {
    await open.close();
  }
}

async function search(
  terminal: Terminal,
  target: string,
  { properties }: OpenTarget,
  options: Options & { readonly seed: string },
): Promise<number> {
  const { seed, time, commands } = options;
  requireCounted(target, properties, commands);
  const endless = time !== undefined || commands !== undefined;
  const runs = options.runs ?? (endless ? undefined : DEFAULT_RUNS);
  const began = performance.now();
  const result = await interruptible((signal) => {
    // First of all, so that it is known even of a campaign that kills the process.
    terminal.line(`${terminal.say({ ja: "乱数シード", en: "seed" })}: ${seed}`);
    return campaign(properties, {
      seed,
      signal,
      ...(runs === undefined ? {} : { runs }),
      ...(commands === undefined ? {} : { commands }),
      ...(time === undefined ? {} : { seconds: time }),
    });
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  const failures = result.failures.map((failure) => ({
    ...failure,
    replay: writeReplay(options.out, target, seed, failure),
  }));
  const coverage = coverageOf(properties);
  terminal.document({ target, seed, seconds, ...result, failures, coverage });
  for (const { name, title } of properties) {
    terminal.line(`${String(result.runs[name] ?? 0).padStart(8)}  ${terminal.say(title)}`);
  }
  showCoverage(terminal, properties);
  for (const failure of failures) {
    terminal.line(`! ${failure.property}`);
    show(terminal, failure);
    terminal.line(`  jpki-bench fuzz ${target} --replay ${failure.replay}`);
  }
  return exitOf(result);
}

/** @throws BenchError CLI_USAGE for a number of commands where none are counted: it would never end */
function requireCounted(
  target: string,
  properties: readonly FuzzProperty[],
  commands: number | undefined,
): void {
  if (commands === undefined || properties.every(({ tally }) => tally !== undefined)) return;
  throw new BenchError("CLI_USAGE", `${target} counts no commands; give --runs or --time`);
}

async function judgeAgain(
  terminal: Terminal,
  name: string,
  target: FuzzTarget,
  path: string,
): Promise<number> {
  const found = await replay(name, target, path);
  terminal.document({ target: name, replay: path, ...found });
  show(terminal, found);
  const well = { ja: "もう起こりません", en: "it does not happen any more" };
  if (found.violations.length === 0) terminal.line(terminal.say(well));
  return found.violations.length > 0 ? EXIT.failed : EXIT.success;
}

function show(terminal: Terminal, { shown, violations }: Counterexample): void {
  for (const line of shown) terminal.line(`    ${line}`);
  for (const line of violations) terminal.line(`  ! ${line}`);
}

function exitOf({ failures, interrupted }: CampaignResult): number {
  if (failures.length > 0) return EXIT.failed;
  return interrupted ? EXIT.interrupted : EXIT.success;
}

/** A campaign of no runs would find nothing wrong with anything. */
function parseSome(text: string): number {
  const count = parseCount(text);
  if (count === 0) throw new InvalidArgumentError("should be at least 1");
  return count;
}

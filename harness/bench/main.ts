/**
 * `npm run bench`: measures, prints a table, and writes bench-out/results.json.
 *
 * Files are measured one after another, each in a process of its own; two at once would take the
 * cores from each other.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { adviceFor, EXIT } from "../cli/advice.ts";
import { type CommonOptions, Terminal } from "../cli/terminal.ts";
import { BenchError } from "../errors.ts";
import { busyWarning } from "./busy.ts";
import { measureInChild } from "./child-process.ts";
import { type BenchmarkFile, loadBenchmarkFiles } from "./files.ts";
import { type BenchmarkResult, toRecord } from "./result.ts";
import { benchmarkTable } from "./table.ts";

const RESULTS_FILE = "results.json";

export interface Places {
  /** The folder whose floors hold the benchmark files. */
  readonly root: string;
  /** The folder results.json goes to; made when it is not there. */
  readonly out: string;
}

interface Options extends Pick<CommonOptions, "json" | "lang"> {
  readonly filter?: string;
}

/** @returns the exit code: 0, or 1 when a target was missed, or 2 for wrong usage */
export async function main(words: readonly string[], places: Places): Promise<number> {
  const command = program();
  try {
    command.parse(words, { from: "user" });
    return await bench(command.opts<Options>(), places);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.success;
    return report(error);
  }
}

function program(): Command {
  return new Command("bench")
    .description("性能を測る / measure how fast it is, against peers on the same machine")
    .option("--filter <text>", "名前の一部で選ぶ / only benchmarks with this in their name")
    .option("--json", "結果をJSONで出力する / print one JSON document")
    .addOption(new Option("--lang <language>", "表示言語 / language").choices(["ja", "en"]))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
}

async function bench(options: Options, { root, out }: Places): Promise<number> {
  const terminal = new Terminal(options);
  const files = chosen(await loadBenchmarkFiles(root), options.filter);
  const [load = 0] = loadavg();
  const warning = busyWarning(load, availableParallelism());
  if (warning !== undefined) terminal.notice(terminal.say(warning));
  const results: BenchmarkResult[] = [];
  for (const { path, benchmarks } of files) {
    terminal.notice(`… ${benchmarks.map(({ name }) => name).join(", ")}`);
    await measureInChild(path, benchmarks, (result) => results.push(result));
  }
  const records = results.map(toRecord);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, RESULTS_FILE), `${JSON.stringify(records, null, 2)}\n`);
  terminal.document(records);
  for (const line of benchmarkTable(results, terminal.language)) terminal.line(line);
  return results.some(({ met }) => met === false) ? EXIT.failed : EXIT.success;
}

/** @throws BenchError CLI_USAGE when nothing is left */
function chosen(files: readonly BenchmarkFile[], filter = ""): BenchmarkFile[] {
  const left = files
    .map(({ path, benchmarks }) => ({
      path,
      benchmarks: benchmarks.filter(({ name }) => name.includes(filter)),
    }))
    .filter(({ benchmarks }) => benchmarks.length > 0);
  if (left.length > 0) return left;
  throw new BenchError("CLI_USAGE", `no benchmark has "${filter}" in its name`);
}

function report(error: unknown): number {
  const { code, message } = identify(error);
  process.stderr.write(`${code}: ${message}\n`);
  return adviceFor(code)?.exit ?? EXIT.failed;
}

function identify(error: unknown): { code: string; message: string } {
  if (error instanceof CommanderError) {
    return { code: "CLI_USAGE", message: error.message.replace(/^error: /, "") };
  }
  if (error instanceof BenchError) return error;
  return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
}

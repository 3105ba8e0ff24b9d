/** `jpki-bench report`: reports after the fact. */
import { mkdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { Command } from "commander";
import {
  type ComparedRun,
  compareRuns,
  comparisonConsole,
  finalConsole,
  JOURNAL_FILE,
  mergeJournals,
  readSummary,
  reporterNames,
  requireReporters,
  writeComparison,
  writeReports,
} from "../../../reports/index.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, parseList } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { verifyCommand } from "./report-verify.ts";

const DEFAULT_REPORTERS = ["html", "junit"];

interface ReporterOptions {
  readonly reporter: readonly string[];
}

export function reportCommand(): Command {
  return new Command("report")
    .description("報告書を扱う / reports after the fact")
    .addCommand(showCommand())
    .addCommand(mergeCommand())
    .addCommand(verifyCommand())
    .addCommand(compareCommand());
}

function showCommand(): Command {
  const command = withReporters(
    benchCommand("show", "結果を表示し報告書を作り直す", "show a run and write its reports anew"),
  ).argument("<dir>", "journal.ndjson のあるフォルダー / folder with a journal");
  return acts<ReporterOptions>(command, async (terminal, options, folder = "") =>
    conclude(terminal, resolve(folder), options.reporter),
  );
}

function mergeCommand(): Command {
  const command = withReporters(
    benchCommand("merge", "分割実行の結果をまとめる", "put the shards of a run together"),
  )
    .argument("<dirs...>", "各分割の出力先 / folders of the shards")
    .requiredOption("--out <dir>", "出力先 / folder");
  return acts<ReporterOptions & { out: string }>(command, async (terminal, options, ...folders) => {
    requireReporters(options.reporter);
    const out = resolve(options.out);
    await mkdir(out, { recursive: true });
    const shards = folders.map((folder) => join(resolve(folder), JOURNAL_FILE));
    await mergeJournals(shards, join(out, JOURNAL_FILE));
    return conclude(terminal, out, options.reporter);
  });
}

function compareCommand(): Command {
  const command = benchCommand(
    "compare",
    "複数の実行結果を並べて比べる",
    "compare runs: verdicts, status words, response times",
  )
    .argument("<dirs...>", "実行結果のフォルダー、または 名前=フォルダー / folders, or NAME=FOLDER")
    .option("--out <file>", "HTMLの出力先 / HTML page to write");
  return acts<{ out?: string }>(command, compare);
}

/** Exit code 1, as `diff` has it, when verdicts or status words are not the same everywhere. */
async function compare(
  terminal: Terminal,
  options: { out?: string },
  ...folders: string[]
): Promise<number> {
  const columns: ComparedRun[] = [];
  for (const named of folders) {
    const [, label, folder = named] = /^([^=]+)=(.+)$/.exec(named) ?? [];
    const summary = await readSummary(join(resolve(folder), JOURNAL_FILE));
    columns.push({ label: label ?? basename(resolve(folder)), summary });
  }
  const comparison = compareRuns(columns);
  const { language: lang, color } = terminal;
  for (const line of comparisonConsole(comparison, { lang, color })) terminal.line(line);
  if (options.out !== undefined) {
    await writeComparison(resolve(options.out), comparison, lang);
    terminal.line(resolve(options.out));
  }
  const { scenarios, commands, differing } = comparison;
  terminal.document({ columns: columns.map(({ label }) => label), differing, scenarios, commands });
  return differing === 0 ? EXIT.success : EXIT.failed;
}

function withReporters(command: Command): Command {
  return command.option(
    "--reporter <names>",
    `報告書の種類（${reporterNames.join(",")}） / reports to write`,
    parseList,
    DEFAULT_REPORTERS,
  );
}

/** Exit code 1 when the run it shows did not pass. */
async function conclude(
  terminal: Terminal,
  folder: string,
  reporters: readonly string[],
): Promise<number> {
  const summary = await readSummary(join(folder, JOURNAL_FILE));
  const reports = await writeReports(folder, reporters, { lang: terminal.language });
  const options = { lang: terminal.language, color: terminal.color, reports };
  for (const line of finalConsole(summary, options)) terminal.line(line);
  const { passed, failed, skipped } = summary.counts;
  terminal.document({
    passed,
    failed,
    skipped,
    reports: Object.fromEntries(reports.map(({ name, path }) => [name, path])),
  });
  return summary.conclusion === "passed" ? EXIT.success : EXIT.failed;
}

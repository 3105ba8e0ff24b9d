/** `jpki-bench report`: reports after the fact. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import {
  finalConsole,
  JOURNAL_FILE,
  mergeJournals,
  readSummary,
  requireReporters,
  writeReports,
} from "../../../reports/index.ts";
import { acts, benchCommand, parseList } from "../command.ts";
import type { Terminal } from "../terminal.ts";

const DEFAULT_REPORTERS = ["html", "junit"];

interface ReporterOptions {
  readonly reporter: readonly string[];
}

export function reportCommand(): Command {
  return new Command("report")
    .description("報告書を扱う / reports after the fact")
    .addCommand(showCommand())
    .addCommand(mergeCommand());
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

function withReporters(command: Command): Command {
  return command.option(
    "--reporter <names>",
    "報告書の種類（カンマ区切り） / reports to write",
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
  return summary.conclusion === "passed" ? 0 : 1;
}

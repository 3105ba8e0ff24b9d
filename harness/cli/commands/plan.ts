/** `jpki-bench plan`: what would run, what not and why, before anything is touched. */
import type { Command } from "commander";
import { projectNamed, SIMULATOR_PROJECT } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { offerOf } from "../../run/applicability.ts";
import { type CatalogueEntry, readCatalogue } from "../../run/catalogue.ts";
import { planRun } from "../../run/plan.ts";
import { select } from "../../run/selection.ts";
import { systemsOf } from "../../scenario/relying-party/source.ts";
import { EXIT } from "../advice.ts";
import { plannedLines } from "../card-lines.ts";
import { acts, benchCommand } from "../command.ts";

interface Options {
  readonly config?: string;
  readonly project: string;
}

export function planCommand(): Command {
  const command = benchCommand("plan", "実行計画を示す", "what would run, and what not and why")
    .argument("[filters...]", "id (MK-06), 接頭辞 (MK), パス / id, id prefix or path")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--project <name>", "プロジェクト / project", SIMULATOR_PROJECT);
  return acts<Options>(command, async (terminal, options, ...filters) => {
    const folder = process.cwd();
    const config = await loadConfig(folder, options.config);
    const project = projectNamed(config, options.project);
    const systems = await systemsOf(project);
    const chosen = select(await readCatalogue(config), { filters, folder });
    const { scenarios: rows, card } = planRun(chosen, project, systems);
    const runs = rows.filter((row) => row.decision.runs).map((row) => row.entry);
    const budget = totalTries(runs);
    terminal.document({
      project: options.project,
      physical: offerOf(project).physical,
      tries: budget,
      ...(card && { card }),
      scenarios: rows.map(({ entry, decision }) => ({ id: entry.id, ...decision })),
    });
    for (const { entry, decision } of rows) {
      const why = decision.runs ? "" : `  — ${terminal.say(decision.reason)}`;
      terminal.line(
        `${decision.runs ? "▶" : "-"} ${entry.id.padEnd(8)}${terminal.say(entry.title)}${why}`,
      );
    }
    const spent = Object.entries(budget).map(([pin, tries]) => `${pin} ${tries}`);
    terminal.line(
      terminal.say({
        ja: `実行 ${runs.length}件、対象外 ${rows.length - runs.length}件、消費する試行回数: ${spent.join("、") || "なし"}`,
        en: `${runs.length} to run, ${rows.length - runs.length} not; tries spent: ${spent.join(", ") || "none"}`,
      }),
    );
    for (const line of card === undefined ? [] : plannedLines(card)) {
      terminal.line(terminal.say(line));
    }
    return EXIT.success;
  });
}

/** Tries of each PIN that the scenarios spend together. */
function totalTries(entries: readonly CatalogueEntry[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const entry of entries) {
    for (const [pin, tries] of Object.entries(entry.triesConsumed)) {
      total[pin] = (total[pin] ?? 0) + tries;
    }
  }
  return total;
}

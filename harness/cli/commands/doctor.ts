/** `jpki-bench doctor`: what is installed, what is missing, what to type to get it. */
import type { Command } from "commander";
import { projectNamed, SIMULATOR_PROJECT } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";
import { findParts, type Part } from "../parts.ts";

interface Options {
  readonly config?: string;
  readonly project: string;
}

export function doctorCommand(): Command {
  const command = benchCommand("doctor", "環境を診断する", "what is installed and what is missing")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--project <name>", "プロジェクト / project", SIMULATOR_PROJECT);
  return acts<Options>(command, async (terminal, options) => {
    const config = await loadConfig(process.cwd(), options.config);
    const { driver } = projectNamed(config, options.project).reader;
    const parts = await findParts();
    const lacking = parts.filter((part) => !part.found && part.neededBy.includes(driver));
    terminal.document({ project: options.project, parts, ready: lacking.length === 0 });
    for (const part of parts) terminal.line(describe(part, terminal.say(part.use)));
    if (lacking.length === 0) return EXIT.success;
    const names = lacking.map((part) => part.name).join(", ");
    terminal.notice(`READY_NOT: project "${options.project}" lacks ${names}`);
    return EXIT.environment;
  });
}

function describe(part: Part, use: string): string {
  const advice = part.found ? "" : `\n    → ${part.install}`;
  return `${part.found ? "✓" : "-"} ${part.name.padEnd(14)}${part.detail ?? ""}  ${use}${advice}`;
}

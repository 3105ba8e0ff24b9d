/** `jpki-bench doctor`: what is installed, what is missing, what to type to get it. */
import type { Command } from "commander";
import { projectNamed, SIMULATOR_PROJECT } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { adviceFor, EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";
import { findParts, type Part } from "../parts.ts";
import { notesFor } from "../platform-notes.ts";
import { linksOf, type Obstacle, obstaclesOf } from "../readiness.ts";
import type { Terminal } from "../terminal.ts";

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
    const project = projectNamed(config, options.project);
    const parts = await findParts();
    const obstacles = await obstaclesOf(project, parts);
    const notes = notesFor(process.platform, linksOf(project));
    const ready = obstacles.length === 0;
    terminal.document({ project: options.project, parts, ready, obstacles, notes });
    for (const part of parts) terminal.line(describe(part, terminal.say(part.use)));
    for (const note of notes) terminal.line(`i ${terminal.say(note)}`);
    if (ready) return EXIT.success;
    for (const obstacle of obstacles) terminal.notice(explain(obstacle, options.project, terminal));
    return EXIT.environment;
  });
}

function explain({ code, message }: Obstacle, project: string, terminal: Terminal): string {
  const advice = adviceFor(code);
  const what = `${code}: project "${project}": ${message}`;
  return advice === undefined ? what : `${what}\n    → ${terminal.say(advice)}`;
}

function describe(part: Part, use: string): string {
  const advice = part.found ? "" : `\n    → ${part.install}`;
  return `${part.found ? "✓" : "-"} ${part.name.padEnd(14)}${part.detail ?? ""}  ${use}${advice}`;
}

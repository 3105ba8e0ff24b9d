/** `jpki-bench record`: a session with a card, redacted, as text. */
import type { Command } from "commander";
import { Option } from "commander";
import { projectNamed, SIMULATOR_PROJECT } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { withBenchCard } from "../../record/bench-card.ts";
import { recorderFor, recordingText } from "../../record/index.ts";
import { holdSession, SESSIONS, type SessionName } from "../../record/sessions.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";
import { writeText } from "../files.ts";

interface Options {
  readonly config?: string;
  readonly project: string;
  readonly seed?: string;
  readonly session: SessionName;
  readonly out: string;
}

/** The holder of the simulated card, unless a seed is given. */
export const DEFAULT_SEED = "record";

export function recordCommand(): Command {
  const command = benchCommand(
    "record",
    "カードとのやりとりを秘密を伏せて記録する",
    "record a session with the card, secrets left out",
  )
    .requiredOption("--out <file>", "出力先 / file to write")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--project <name>", "プロジェクト / project", SIMULATOR_PROJECT)
    .addOption(
      new Option(
        "--session <name>",
        "読取りのみ、または利用者証明用PINを1回照合して署名 / read only, or verify once and sign",
      )
        .choices(SESSIONS)
        .default("reading"),
    );
  return acts<Options>(command, async (terminal, options) => {
    const config = await loadConfig(process.cwd(), options.config);
    const project = projectNamed(config, options.project);
    const seed = options.seed ?? DEFAULT_SEED;
    const recording = await withBenchCard({ project, seed, effect: "read-only" }, async (bench) => {
      const { reader, steps } = recorderFor(bench.bare);
      const card = await holdSession(options.session, bench.guard(reader), bench.pins.auth);
      const { name, driver } = reader.info;
      return { reader: name, driver, ...(card !== undefined && { card }), steps };
    });
    const file = await writeText(options.out, recordingText(recording));
    const { card, steps } = recording;
    terminal.document({ file, card, steps: steps.length });
    terminal.line(file);
    terminal.line(
      terminal.say({
        ja: `${steps.length}件を記録しました ${card ?? ""}`.trimEnd(),
        en: `${steps.length} steps recorded ${card ?? ""}`.trimEnd(),
      }),
    );
    return EXIT.success;
  });
}

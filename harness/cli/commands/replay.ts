/** `jpki-bench replay`: a recorded session once more, asserted against a card or another recording. */
import type { Command } from "commander";
import { type CardImage, serialiseCard } from "../../../simulator/card/index.ts";
import { isSimulated, projectNamed, SIMULATOR_PROJECT } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { BenchError } from "../../errors.ts";
import { withBenchCard } from "../../record/bench-card.ts";
import {
  type Difference,
  firstDifference,
  parseRecording,
  type RecordedCard,
  type Recording,
  recordedCard,
  replay,
} from "../../record/index.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { readText, writePrivate } from "../files.ts";
import type { Terminal } from "../terminal.ts";
import { DEFAULT_SEED } from "./record.ts";

interface Options {
  readonly config?: string;
  readonly project: string;
  readonly seed?: string;
  readonly tries?: number;
  readonly against?: string;
  readonly adopt?: boolean;
  readonly image?: string;
}

export function replayCommand(): Command {
  const command = benchCommand(
    "replay",
    "記録したやりとりを再生し、応答を照合する（違えば終了コード1）",
    "replay a recorded session and assert the answers; exit code 1 at a difference",
  )
    .argument("<file>", "record の出力 / what record wrote")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--project <name>", "プロジェクト / project", SIMULATOR_PROJECT)
    .option(
      "--tries <n>",
      "誤ったPINの照合を許す回数 / wrong PINs it may present to a physical card",
      parseCount,
    )
    .option("--against <file>", "カードではなく別の記録と比べる / compare with another recording")
    .option("--adopt", "模擬カードを記録に合わせてから再生する / first make the card as recorded")
    .option(
      "--image <file>",
      "記録から作った模擬カードを書き出す / write the card made from the recording",
    );
  return acts<Options>(command, run);
}

async function run(terminal: Terminal, options: Options, path = ""): Promise<number> {
  const recording = parseRecording(await readText(path), path);
  if (options.against === undefined) return playToCard(terminal, options, recording);
  const other = parseRecording(await readText(options.against), options.against);
  const difference = firstDifference(recording.steps, other.steps);
  const matched = difference === undefined ? recording.steps.length : difference.step - 1;
  return conclude(terminal, recording, { matched, ...(difference && { difference }) });
}

async function playToCard(
  terminal: Terminal,
  options: Options,
  recording: Recording,
): Promise<number> {
  const config = await loadConfig(process.cwd(), options.config);
  const project = projectNamed(config, options.project);
  const { adopt = false, image: imageFile, tries } = options;
  if ((adopt || imageFile !== undefined) && !isSimulated(project)) {
    throw new BenchError("CLI_USAGE", "--adopt and --image are for simulated cards");
  }
  let made: RecordedCard | undefined;
  const alter = (base: CardImage) => {
    made = recordedCard(recording, base);
    return adopt ? made.image : base;
  };
  const seed = options.seed ?? DEFAULT_SEED;
  const effect = (tries ?? 0) > 0 ? "spends-tries" : "read-only";
  const outcome = await withBenchCard({ project, seed, effect, alter }, ({ bare, guard, pins }) =>
    replay(recording, bare, { pins, guard, ...(tries !== undefined && { tries }) }),
  );
  if (made !== undefined && imageFile !== undefined) {
    terminal.line(await writePrivate(imageFile, serialiseCard(made.image)));
  }
  return conclude(
    terminal,
    recording,
    outcome,
    adopt || imageFile !== undefined ? made : undefined,
  );
}

interface Outcome {
  readonly matched: number;
  readonly difference?: Difference;
}

function conclude(
  terminal: Terminal,
  { steps }: Recording,
  { matched, difference }: Outcome,
  made?: RecordedCard,
): number {
  const leftOver = Math.max(0, steps.length - matched - (difference === undefined ? 0 : 1));
  const { taken, standIns, homeless } = made ?? {};
  terminal.document({
    steps: steps.length,
    matched,
    leftOver,
    difference,
    taken,
    standIns,
    homeless,
  });
  if (made !== undefined) tellMade(terminal, made);
  if (difference === undefined) {
    terminal.line(
      terminal.say({ ja: `${matched}件すべて一致`, en: `all ${matched} steps as recorded` }),
    );
    return EXIT.success;
  }
  const { step, label, expected, received } = difference;
  terminal.line(`[${step}] ${terminal.say(label)}`);
  terminal.line(terminal.say({ ja: `  期待: ${expected}`, en: `  expected: ${expected}` }));
  terminal.line(terminal.say({ ja: `  実際: ${received}`, en: `  received: ${received}` }));
  terminal.line(
    terminal.say({
      ja: `${matched}件一致、${leftOver}件は再生していません`,
      en: `${matched} steps as recorded, ${leftOver} left over`,
    }),
  );
  return EXIT.failed;
}

function tellMade(terminal: Terminal, { taken, standIns, homeless }: RecordedCard): void {
  const list = (places: readonly string[]) => places.join(", ") || "—";
  terminal.line(
    terminal.say({ ja: `記録から: ${list(taken)}`, en: `from the recording: ${list(taken)}` }),
  );
  terminal.line(
    terminal.say({
      ja: `記録にないため代用: ${list(standIns)}`,
      en: `stand-ins, not recorded: ${list(standIns)}`,
    }),
  );
  if (homeless.length === 0) return;
  terminal.line(
    terminal.say({ ja: `置き場なし: ${list(homeless)}`, en: `no place for: ${list(homeless)}` }),
  );
}

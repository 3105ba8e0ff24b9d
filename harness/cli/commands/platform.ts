/** `jpki-bench platform`: the emulated platforms of a running lab, and what goes wrong with them. */
import { Argument, Command, InvalidArgumentError } from "commander";
import { platform } from "../../../simulator/index.ts";
import { PLATFORM_NAMES } from "../../../simulator/lab/index.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { type LabPlace, withRunningLab } from "../lab-access.ts";
import { worldCommand } from "./world-command.ts";

type PlatformName = (typeof PLATFORM_NAMES)[number];

interface FaultOptions extends LabPlace {
  readonly amount?: number;
  readonly path?: string;
  readonly after?: number;
  readonly times?: number;
  readonly for?: number;
}

interface SeenOptions extends LabPlace {
  readonly last: number;
}

export function platformCommand(): Command {
  return new Command("platform")
    .description("模擬プラットフォームを操作する / the emulated platforms")
    .addCommand(listCommand())
    .addCommand(modesCommand())
    .addCommand(faultCommand())
    .addCommand(seenCommand());
}

function listCommand(): Command {
  const command = worldCommand(
    "list",
    "プラットフォームと障害の一覧",
    "platforms and their faults",
  );
  return acts<LabPlace>(command, async (terminal, options) => {
    const { platforms, faults } = await withRunningLab(options, async (lab) => ({
      platforms: await lab("listPlatforms"),
      faults: await lab("listFaults"),
    }));
    terminal.document({ platforms, faults });
    for (const { name, address, title } of platforms) {
      terminal.line(`${name.padEnd(18)} ${address}  ${terminal.say(title)}`);
      const own = faults.filter(({ service }) => service === name);
      for (const { mode, amount = "", path = "" } of own) {
        terminal.line(`  ! ${mode} ${amount} ${path}`.trimEnd());
      }
    }
    return EXIT.success;
  });
}

function modesCommand(): Command {
  const command = benchCommand("modes", "起こせる障害の一覧", "what can go wrong");
  return acts<object>(command, async (terminal) => {
    terminal.document(platform.PLATFORM_FAULTS);
    for (const [mode, { ja, en, ...more }] of Object.entries(platform.PLATFORM_FAULTS)) {
      const { amount } = { amount: undefined, ...more };
      const unit = amount === undefined ? "" : `  (--amount ${amount.default} ${amount.unit})`;
      terminal.line(`${mode.padEnd(14)} ${terminal.say({ ja, en })}${unit}`);
    }
    return EXIT.success;
  });
}

function faultCommand(): Command {
  const modes = Object.keys(platform.PLATFORM_FAULTS);
  const command = worldCommand("fault", "障害を起こす", "let a platform fail")
    .addArgument(new Argument("<platform>").choices(PLATFORM_NAMES))
    .addArgument(new Argument("<mode>").choices(modes))
    .option("--amount <n>", "障害の量（modesを参照） / how much, see modes", parseAmount)
    .option("--path <prefix>", "このパスで始まる要求だけ / requests whose path starts with this")
    .option("--after <n>", "先に通す要求の数 / requests that pass first", parseCount)
    .option("--times <n>", "起こす回数 / requests that it strikes", parseCount)
    .option("--for <seconds>", "続く秒数 / seconds until it is over", parseCount);
  return acts<FaultOptions>(command, async (terminal, options, name = "", mode = "") => {
    const { amount, path, after, times, for: seconds } = options;
    const service = name as PlatformName;
    // A fault ends with the process that holds it: only a running lab can have one.
    const planned = await withRunningLab(options, (lab) =>
      lab("planFault", { service, mode, amount, path, after, times, seconds }),
    );
    terminal.document(planned);
    terminal.line(`${name}: ${mode}`);
    return EXIT.success;
  });
}

function seenCommand(): Command {
  const command = worldCommand("seen", "受けた要求の記録", "what a platform has seen")
    .addArgument(new Argument("<platform>").choices(PLATFORM_NAMES))
    .option("--last <n>", "件数 / how many", parseCount, 20);
  return acts<SeenOptions>(command, async (terminal, options, name = "") => {
    const { last } = options;
    const seen = await withRunningLab(options, (lab) =>
      lab("getSeen", { platform: name as PlatformName, last }),
    );
    terminal.document(seen);
    for (const { at, ...entry } of seen) terminal.line(`${at} ${JSON.stringify(entry)}`);
    return EXIT.success;
  });
}

/** May be negative, for a clock that is behind; may have a fraction, for a share. */
function parseAmount(text: string): number {
  if (!/^-?\d{1,9}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError("should be a number");
  return Number(text);
}

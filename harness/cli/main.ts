/**
 * The `jpki-bench` command: reads the words, runs one command, and turns every error into one line
 * with a stable code, one line of advice, and the documented exit code.
 */
import { Command, CommanderError } from "commander";
import type { Language } from "../../reports/index.ts";
import { adviceFor, EXIT } from "./advice.ts";
import { localeLanguage } from "./language.ts";
import { packageVersion } from "./version.ts";

/** @returns the exit code: 0 success, 1 a check failed, 2 usage, 3 environment, 130 interrupted */
export async function main(words: readonly string[]): Promise<number> {
  process.stdout.on("error", unlessNobodyReads);
  try {
    await (await program(words)).parseAsync(words, { from: "user" });
    return Number(process.exitCode ?? EXIT.success);
  } catch (error) {
    return report(error, words);
  }
}

/** Loaded when named: most of a command's time would otherwise go into what the others need. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.ts")).runCommand(),
  list: async () => (await import("./commands/list.ts")).listCommand(),
  plan: async () => (await import("./commands/plan.ts")).planCommand(),
  lab: async () => (await import("./commands/lab.ts")).labCommand(),
  card: async () => (await import("./commands/card.ts")).cardCommand(),
  resident: async () => (await import("./commands/resident.ts")).residentCommand(),
  control: async () => (await import("./commands/control.ts")).controlCommand(),
  ca: async () => (await import("./commands/ca.ts")).caCommand(),
  platform: async () => (await import("./commands/platform.ts")).platformCommand(),
  readers: async () => (await import("./commands/readers.ts")).readersCommand(),
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommand(),
  kazashi: async () => (await import("./commands/kazashi.ts")).kazashiCommand(),
  "native-host": async () => (await import("./commands/native-host.ts")).nativeHostCommand(),
  soak: async () => (await import("./commands/soak.ts")).soakCommand(),
  fuzz: async () => (await import("./commands/fuzz.ts")).fuzzCommand(),
  record: async () => (await import("./commands/record.ts")).recordCommand(),
  replay: async () => (await import("./commands/replay.ts")).replayCommand(),
  report: async () => (await import("./commands/report.ts")).reportCommand(),
};

async function program([first = ""]: readonly string[]): Promise<Command> {
  const root = new Command("jpki-bench")
    .description(
      "マイナンバーカード（JPKI）連携の接続試験ベンチ / connection-test bench for the My Number card",
    )
    .version(packageVersion())
    .showHelpAfterError(false);
  const named = COMMANDS[first];
  const loads = named === undefined ? Object.values(COMMANDS) : [named];
  for (const load of loads) root.addCommand(await load());
  for (const command of withSubcommands(root)) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  return root;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Who pipes into `head` has seen enough; the command goes on, so that a run still leaves its reports. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function report(error: unknown, words: readonly string[]): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.success;
  const { code, message } = identify(error, words);
  const advice = adviceFor(code);
  process.stderr.write(`${code}: ${message}\n`);
  if (advice !== undefined) process.stderr.write(`${advice[languageOf(words)]}\n`);
  if (words.includes("--verbose") && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ""}\n`);
  }
  return advice?.exit ?? EXIT.failed;
}

function identify(error: unknown, words: readonly string[]): { code: string; message: string } {
  if (error instanceof CommanderError) {
    // A bare `jpki-bench` and a bare group print their help and count as wrong usage.
    const message =
      error.code === "commander.help"
        ? `which command? jpki-bench ${words.join(" ")} --help`.replace(/\s+/g, " ")
        : error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
    return { code: "CLI_USAGE", message };
  }
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    code: typeof code === "string" ? code : "INTERNAL",
    message: String(message ?? error).split("\n")[0] ?? "",
  };
}

function languageOf(words: readonly string[]): Language {
  const chosen = words[words.indexOf("--lang") + 1];
  if (words.includes("--lang") && (chosen === "ja" || chosen === "en")) return chosen;
  return localeLanguage();
}

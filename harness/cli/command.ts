/** What every command has in common: its options, and how its errors end. */
import { Command, InvalidArgumentError, Option } from "commander";
import { PERSONAS } from "../../simulator/residents/index.ts";
import { type CommonOptions, Terminal } from "./terminal.ts";

export type CommandAction<Options> = (
  terminal: Terminal,
  options: Options & CommonOptions,
  ...words: string[]
) => Promise<number>;

/** A command with the common options, whose exit code is what its action returns. */
export function benchCommand(name: string, ja: string, en: string): Command {
  return new Command(name)
    .description(`${ja} / ${en}`)
    .option("--json", "結果をJSONで出力する / print one JSON document")
    .option("--seed <seed>", "乱数の種（再現用） / seed of the simulated world")
    .addOption(new Option("--lang <language>", "表示言語 / language").choices(["ja", "en"]))
    .option("--verbose", "エラーの詳細を表示する / show stack traces");
}

/** Runs `action` with the words and options commander has read, and keeps its exit code. */
export function acts<Options>(command: Command, action: CommandAction<Options>): Command {
  return command.action(async (...read: unknown[]) => {
    const words = read.slice(0, -2).flat() as string[];
    const options = command.opts<Options & CommonOptions>();
    process.exitCode = await action(new Terminal(options), options, ...words);
  });
}

/** Kinds of people, for the help of commands. */
export function personaNames(): string {
  return PERSONAS.map(({ id }) => id).join(", ");
}

/** `1/3` as given to `--shard`. */
export function parseShard(text: string): { index: number; count: number } {
  const [, index = "", count = ""] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index < 1 || shard.index > shard.count) {
    throw new InvalidArgumentError("should look like 1/3");
  }
  return shard;
}

export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("should be a whole number");
  return Number(text);
}

export function parseList(text: string): string[] {
  return text.split(",").filter((word) => word !== "");
}

/** For an option that may be given several times. */
export function collect(word: string, before: readonly string[]): readonly string[] {
  return [...before, word];
}

/** `127.0.0.1:35963`. */
export function parseAddress(text: string): { host: string; port: number } {
  const [, host = "", port = ""] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text) ?? [];
  if (host === "") throw new InvalidArgumentError("should look like 127.0.0.1:35963");
  return { host, port: Number(port) };
}

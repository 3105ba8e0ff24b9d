/** `jpki-bench readers`: every reader this machine has, and what lies in it. */
import type { Command } from "commander";
import { loadConfig } from "../../config/load.ts";
import { BenchError } from "../../errors.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";
import { type Devices, findDevices } from "../device-rows.ts";
import { namedRows, pcscRows, type ReaderRow } from "../reader-rows.ts";
import type { Terminal } from "../terminal.ts";

interface Options {
  readonly config?: string;
}

export function readersCommand(): Command {
  const command = benchCommand(
    "readers",
    "読取装置の一覧",
    "readers, and what lies in them",
  ).option(
    "--config <file>",
    "設定ファイル（シリアル・HID読取装置を含む） / configuration file, for serial and HID readers",
  );
  return acts<Options>(command, async (terminal, options) => {
    const { projects } = await loadConfig(process.cwd(), options.config);
    const named = await namedRows(Object.values(projects));
    const devices = await findDevices();
    try {
      const rows = [...(await pcscRowsBeside(named, terminal)), ...named];
      terminal.document([...rows, ...devices.rows]);
      showReaders(terminal, rows);
    } finally {
      // Also where PC/SC does not work: what else there is needs no PC/SC.
      showDevices(terminal, devices);
    }
    return EXIT.success;
  });
}

function showReaders(terminal: Terminal, rows: readonly ReaderRow[]): void {
  if (rows.length === 0) {
    terminal.line(terminal.say({ ja: "読取装置がありません", en: "no reader is connected" }));
  }
  for (const { name, atr, card = "", id = "", problem } of rows) {
    const presence = atr ?? problem ?? terminal.say({ ja: "カードなし", en: "no card" });
    terminal.line(`${name}\n    ${presence} ${card} ${id}`.trimEnd());
  }
}

function showDevices(terminal: Terminal, { rows, unlisted }: Devices): void {
  for (const { driver, name, device } of rows) {
    terminal.line(`${driver} ${name}\n    ${device}`.trimEnd());
  }
  for (const { driver, problem } of unlisted) {
    const text = { ja: "一覧を取得できません", en: "cannot be listed" };
    terminal.line(`${driver}: ${terminal.say(text)} (${problem})`);
  }
}

/** Whoever has other readers may do without PC/SC; anybody else is told what is missing. */
async function pcscRowsBeside(
  named: readonly ReaderRow[],
  terminal: Terminal,
): Promise<ReaderRow[]> {
  try {
    return await pcscRows();
  } catch (error) {
    if (named.length === 0 || !(error instanceof BenchError)) throw error;
    terminal.notice(`${error.code}: ${error.message}`);
    return [];
  }
}

/** Commands on a world: that of a state directory, or of a lab that runs. */
import type { Command } from "commander";
import { benchCommand } from "../command.ts";
import { DEFAULT_STATE } from "../lab-access.ts";

export function worldCommand(name: string, ja: string, en: string): Command {
  return benchCommand(name, ja, en)
    .option("--state <dir>", "状態フォルダー / state directory", DEFAULT_STATE)
    .option("--lab <url>", "稼働中のlabのアドレス / address of a running lab");
}

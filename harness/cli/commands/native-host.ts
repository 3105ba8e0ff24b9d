/**
 * `jpki-bench native-host`: what a browser starts when a page uses かざし利用クライアントソフト. Standard
 * output belongs to the browser, so nothing else is ever written there.
 */
import type { Command } from "commander";
import { readHostSettings } from "../../client-software/host-settings.ts";
import { requireOwnExtension, runNativeHost } from "../../client-software/native-host.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";

interface Options {
  readonly settings: string;
}

export function nativeHostCommand(): Command {
  const command = benchCommand(
    "native-host",
    "かざし利用クライアントソフトの読取ソフト（ブラウザが起動する）",
    "native host of the client software; browsers start it",
  )
    .requiredOption(
      "--settings <file>",
      "kazashi install が書いた設定 / written by kazashi install",
    )
    .argument("[caller...]", "ブラウザが渡す語 / what the browser says of itself")
    .allowUnknownOption();
  return acts<Options>(command, async (_terminal, options, ...callers) => {
    const settings = await readHostSettings(options.settings);
    requireOwnExtension(settings, callers);
    await runNativeHost(settings, { input: process.stdin, output: process.stdout });
    return EXIT.success;
  });
}

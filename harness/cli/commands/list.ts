/** `jpki-bench list`: the catalogue. */
import type { Command } from "commander";
import { loadConfig } from "../../config/load.ts";
import { type CatalogueEntry, readCatalogue } from "../../run/catalogue.ts";
import { select } from "../../run/selection.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";

interface Options {
  readonly config?: string;
  readonly grepTag?: string;
}

export function listCommand(): Command {
  const command = benchCommand("list", "シナリオの一覧", "the catalogue of scenarios")
    .argument("[filters...]", "id (MK-06), 接頭辞 (MK), パス / id, id prefix or path")
    .option("--config <file>", "設定ファイル / configuration file")
    .option("--grep-tag <tag>", "タグで選ぶ / only scenarios with this tag");
  return acts<Options>(command, async (terminal, options, ...filters) => {
    const folder = process.cwd();
    const catalogue = await readCatalogue(await loadConfig(folder, options.config));
    const chosen = select(catalogue, {
      filters,
      folder,
      ...(options.grepTag === undefined ? {} : { tag: options.grepTag }),
    });
    terminal.document(chosen.map(publicRow));
    for (const entry of chosen) {
      const tries = Object.entries(entry.triesConsumed).map(([pin, n]) => `${pin} ${n}`);
      const effect = tries.length === 0 ? entry.effect : `${entry.effect}: ${tries.join(", ")}`;
      terminal.line(`${entry.id.padEnd(8)}${terminal.say(entry.title)}  [${effect}]`);
    }
    return EXIT.success;
  });
}

/** The contract's row; what only the bench needs to know is left out. */
function publicRow({ file: _file, needs: _needs, tags: _tags, ...row }: CatalogueEntry) {
  return row;
}

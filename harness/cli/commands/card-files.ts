/** `jpki-bench card export | import | diff`: cards as files, to keep, to bring back and to compare. */
import type { Command } from "commander";
import {
  type CardDifference,
  diffExports,
  exportCard,
  parseCard,
} from "../../../simulator/card/index.ts";
import { EXIT } from "../advice.ts";
import { acts } from "../command.ts";
import { readText, writePrivate } from "../files.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import type { Terminal } from "../terminal.ts";
import { worldCommand } from "./world-command.ts";

interface ExportOptions extends LabPlace {
  readonly out: string;
  readonly full?: boolean;
}

const CARD_ID = /^R\d{4,}-S?\d+$/i;

export function exportCommand(): Command {
  const command = worldCommand(
    "export",
    "カードを書き出す（秘密は要約値）",
    "write a card to a file, secrets as digests",
  )
    .argument("<id>", "R0001-1")
    .requiredOption("--out <file>", "出力先 / file to write")
    .option("--full", "鍵と暗証番号を含む全体（import用） / with keys and PINs, for import");
  return acts<ExportOptions>(command, async (terminal, options, id = "") => {
    const { full = false } = options;
    const text = await withLab(options, (lab) =>
      lab(full ? "getCardImage" : "exportCard", { id: id.toUpperCase() }),
    );
    const file = await writePrivate(options.out, text);
    terminal.document({ card: id.toUpperCase(), file, full });
    terminal.line(file);
    return EXIT.success;
  });
}

export function importCommand(): Command {
  const command = worldCommand(
    "import",
    "書き出したときの状態にカードを戻す（台帳と認証局は変わらない）",
    "put a card back into the state it was exported in",
  ).argument("<file>", "card export --full の出力 / what card export --full wrote");
  return acts<LabPlace>(command, async (terminal, options, path = "") => {
    const image = await readText(path);
    const card = await withLab(options, (lab) => lab("importCard", { image }));
    terminal.document(card);
    terminal.line(card.id);
    return EXIT.success;
  });
}

export function diffCommand(): Command {
  const command = worldCommand(
    "diff",
    "カードの違いを表示する（違えば終了コード1）",
    "what differs between two cards; exit code 1 if anything does",
  )
    .argument("<before>", "カードid、または書き出したファイル / card id or exported file")
    .argument("<after>", "同上 / likewise");
  return acts<LabPlace>(command, async (terminal, options, before = "", after = "") => {
    const texts = [await exported(before, options), await exported(after, options)] as const;
    const differences = diffExports(...texts);
    terminal.document(differences);
    show(terminal, differences);
    return differences.length === 0 ? EXIT.success : EXIT.failed;
  });
}

/** An exported card as text: of the world, or of a file of either kind. */
async function exported(word: string, place: LabPlace): Promise<string> {
  if (CARD_ID.test(word))
    return withLab(place, (lab) => lab("exportCard", { id: word.toUpperCase() }));
  const text = await readText(word);
  return text.startsWith("{") ? exportCard(parseCard(text)) : text;
}

function show(terminal: Terminal, differences: readonly CardDifference[]): void {
  for (const { place, before = "—", after = "—" } of differences) {
    terminal.line(`${place}: ${before} → ${after}`);
  }
}

/** `jpki-bench card`: the cards handed out in a world. */
import { Command, Option } from "commander";
import type { AtrName } from "../../../simulator/card/index.ts";
import type { CardRow } from "../../../simulator/lab/index.ts";
import { EXIT } from "../advice.ts";
import { atrOption } from "../atr-option.ts";
import { acts, personaNames } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import { diffCommand, exportCommand, importCommand } from "./card-files.ts";
import { insertCommand, readersCommand, removeCommand } from "./card-places.ts";
import { worldCommand } from "./world-command.ts";

interface NewOptions extends LabPlace {
  readonly persona: string;
  readonly atr?: AtrName;
}

interface UnblockOptions extends LabPlace {
  readonly pin: "auth" | "sign" | "text" | "juki";
  readonly value?: string;
}

export function cardCommand(): Command {
  return new Command("card")
    .description("カードを操作する / the cards of the world")
    .addCommand(newCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(unblockCommand())
    .addCommand(insertCommand())
    .addCommand(removeCommand())
    .addCommand(readersCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(diffCommand());
}

function newCommand(): Command {
  const command = worldCommand("new", "新しい住民にカードを交付する", "a card for a new resident")
    .option("--persona <name>", `人物像 / persona: ${personaNames()}`, "adult")
    .addOption(atrOption());
  return acts<NewOptions>(command, async (terminal, options) => {
    const { persona, atr } = options;
    const row = await withLab(options, (lab) => lab("newResident", { persona, atr }));
    // Whoever has a smartphone by their persona shows it in the place of the card.
    const card = row.smartphone ?? row.card;
    terminal.document(card);
    if (card !== undefined) terminal.line(line(card));
    return EXIT.success;
  });
}

function listCommand(): Command {
  return acts<LabPlace>(
    worldCommand("list", "カードの一覧", "cards"),
    async (terminal, options) => {
      const cards = await withLab(options, (lab) => lab("listCards"));
      terminal.document(cards);
      for (const card of cards) terminal.line(line(card));
      return EXIT.success;
    },
  );
}

function showCommand(): Command {
  const command = worldCommand("show", "カードを表示する", "one card, with its PINs").argument(
    "<id>",
    "R0001-1",
  );
  return acts<LabPlace>(command, async (terminal, options, id = "") => {
    const card = await withLab(options, (lab) => lab("getCard", { id: id.toUpperCase() }));
    terminal.document(card);
    terminal.line(line(card));
    const pins = Object.entries(card.pins).map(([name, pin]) => `${name} ${pin}`);
    terminal.line(`  PIN: ${pins.join(", ")}`);
    const left = Object.entries(card.triesLeft).map(([name, tries]) => `${name} ${tries}`);
    terminal.line(
      terminal.say({
        ja: `  残り回数: ${left.join(", ")}`,
        en: `  tries left: ${left.join(", ")}`,
      }),
    );
    terminal.line(`  ATR: ${card.atr}`);
    return EXIT.success;
  });
}

function unblockCommand(): Command {
  const command = worldCommand(
    "unblock",
    "窓口で暗証番号を初期化する",
    "restore the tries of a PIN, as the counter does",
  )
    .argument("<id>", "R0001-1")
    .addOption(
      new Option("--pin <name>", "どの暗証番号か / which PIN")
        .choices(["auth", "sign", "text", "juki"])
        .makeOptionMandatory(),
    )
    .option("--value <pin>", "新しい暗証番号 / a new one; the old one stays when absent");
  return acts<UnblockOptions>(command, async (terminal, options, id = "") => {
    const { pin, value } = options;
    const asked = { id: id.toUpperCase(), pin, value };
    const card = await withLab(options, (lab) => lab("unblockPin", asked));
    terminal.document(card);
    terminal.line(`${card.id} ${pin} ${card.pins[pin] ?? ""}`);
    return EXIT.success;
  });
}

function line({ id, resident, authSerial, signSerial = "—" }: CardRow): string {
  return `${id.padEnd(9)} ${resident}  ${authSerial} / ${signSerial}`;
}

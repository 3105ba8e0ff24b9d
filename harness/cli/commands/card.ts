/** `jpki-bench card`: the cards handed out in a world. */
import { Command } from "commander";
import type { CardRow, LabControl } from "../../../simulator/lab/index.ts";
import { BenchError } from "../../errors.ts";
import { acts } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import { worldCommand } from "./ca.ts";

export function cardCommand(): Command {
  return new Command("card")
    .description("カードを操作する / the cards of the world")
    .addCommand(newCommand())
    .addCommand(listCommand())
    .addCommand(showCommand());
}

function newCommand(): Command {
  const command = worldCommand(
    "new",
    "新しい住民にカードを交付する",
    "a card for a new resident",
  ).option("--persona <name>", "人物像 / persona", "adult");
  return acts<LabPlace & { persona: string }>(command, async (terminal, options) => {
    const { card } = await withLab(options, (lab) => lab.newResident(options.persona));
    terminal.document(card);
    if (card !== undefined) terminal.line(line(card));
    return 0;
  });
}

function listCommand(): Command {
  return acts<LabPlace>(
    worldCommand("list", "カードの一覧", "cards"),
    async (terminal, options) => {
      const cards = await withLab(options, cardsOf);
      terminal.document(cards);
      for (const card of cards) terminal.line(line(card));
      return 0;
    },
  );
}

function showCommand(): Command {
  const command = worldCommand("show", "カードを表示する", "one card, with its PINs").argument(
    "<id>",
    "R0001-1",
  );
  return acts<LabPlace>(command, async (terminal, options, id = "") => {
    const cards = await withLab(options, cardsOf);
    const card = cards.find((one) => one.id === id.toUpperCase());
    if (card === undefined) throw new BenchError("CARD_UNKNOWN", `there is no card ${id}`);
    terminal.document(card);
    terminal.line(line(card));
    const pins = Object.entries(card.pins).map(([name, pin]) => `${name} ${pin}`);
    terminal.line(`  PIN: ${pins.join(", ")}`);
    return 0;
  });
}

async function cardsOf(lab: LabControl): Promise<CardRow[]> {
  const residents = await lab.residents();
  return residents.flatMap(({ card }) => (card === undefined ? [] : [card]));
}

function line({ id, resident, authSerial, signSerial = "—" }: CardRow): string {
  return `${id.padEnd(9)} ${resident}  ${authSerial} / ${signSerial}`;
}

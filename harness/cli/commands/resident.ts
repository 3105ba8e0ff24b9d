/** `jpki-bench resident`: the people of a world, and what happens to them. */
import { Command, Option } from "commander";
import {
  type CardRow,
  LIFE_EVENT_TEXT,
  LIFE_EVENTS,
  type LifeEventName,
  type ResidentRow,
} from "../../../simulator/lab/index.ts";
import { EXIT } from "../advice.ts";
import { acts, personaNames } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import type { Terminal } from "../terminal.ts";
import { worldCommand } from "./world-command.ts";

interface EventOptions extends LabPlace {
  readonly to?: string;
  readonly name?: string;
  readonly address?: string;
  readonly birthDate?: string;
  readonly sex?: "0" | "1" | "2" | "9";
}

export function residentCommand(): Command {
  const group = new Command("resident")
    .description("住民を操作する / the people of the world")
    .addCommand(newCommand())
    .addCommand(listCommand())
    .addCommand(showCommand());
  for (const event of LIFE_EVENTS) group.addCommand(eventCommand(event));
  return group;
}

function newCommand(): Command {
  const command = worldCommand(
    "new",
    "住民を登録しカードを交付する",
    "register, with a card",
  ).argument("[persona]", `人物像 / persona: ${personaNames()}`, "adult");
  return acts<LabPlace>(command, async (terminal, options, persona = "adult") =>
    show(terminal, await withLab(options, (lab) => lab("newResident", { persona }))),
  );
}

function listCommand(): Command {
  return acts<LabPlace>(
    worldCommand("list", "住民の一覧", "residents"),
    async (terminal, options) => {
      const rows = await withLab(options, (lab) => lab("listResidents"));
      terminal.document(rows);
      for (const row of rows) terminal.line(`${row.id} ${row.persona.padEnd(10)} ${row.status}`);
      return EXIT.success;
    },
  );
}

function showCommand(): Command {
  const command = worldCommand("show", "住民を表示する", "one resident").argument("<id>", "R0001");
  return acts<LabPlace>(command, async (terminal, options, id = "") =>
    show(terminal, await withLab(options, (lab) => lab("getResident", { id }))),
  );
}

function eventCommand(event: LifeEventName): Command {
  const [ja, en] = LIFE_EVENT_TEXT[event];
  const command = worldCommand(event, ja, en).argument("<id>", "R0001");
  if (event === "move") {
    command.option("--to <code>", "転入先の市区町村コード（5桁） / municipality, five digits");
  }
  if (event === "rename" || event === "correct") {
    command.option("--name <name>", "新しい氏名 / new name, U+3000 in the middle");
  }
  if (event === "correct") {
    command
      .option("--address <address>", "住所 / address")
      .option("--birth-date <date>", "生年月日 / birth date, YYYYMMDD")
      .addOption(new Option("--sex <code>", "性別 / sex").choices(["0", "1", "2", "9"]));
  }
  return acts<EventOptions>(command, async (terminal, options, id = "") => {
    const { to, name, address, birthDate, sex } = options;
    const asked = { id, event, to, name, address, birthDate, sex };
    return show(terminal, await withLab(options, (lab) => lab("lifeEvent", asked)));
  });
}

function show(terminal: Terminal, row: ResidentRow): number {
  terminal.document(row);
  terminal.line(`${row.id} ${row.persona} ${row.status}  ${row.name}  ${row.address}`);
  for (const one of [row.card, row.smartphone]) if (one !== undefined) showCard(terminal, one);
  return EXIT.success;
}

function showCard(terminal: Terminal, { id, profile, authSerial, signSerial }: CardRow): void {
  const serials = [authSerial, signSerial ?? "—"].join(" / ");
  const [ja, en] = profile === "card" ? ["カード", "card"] : ["スマホ", "smartphone"];
  terminal.line(
    terminal.say({
      ja: `  ${ja} ${id}  発行番号（利用者証明用／署名用） ${serials}`,
      en: `  ${en} ${id}  serials (auth / sign) ${serials}`,
    }),
  );
}

/** `jpki-bench resident`: the people of a world, and what happens to them. */
import { Command } from "commander";
import {
  LIFE_EVENTS,
  type LifeEventName,
  personaNames,
  type ResidentRow,
} from "../../../simulator/lab/index.ts";
import { acts } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import type { Terminal } from "../terminal.ts";
import { worldCommand } from "./ca.ts";

const EVENT_TEXT: Readonly<Record<LifeEventName, readonly [ja: string, en: string]>> = {
  move: ["転居する（署名用証明書が失効する）", "moves; the 署名用 certificate is revoked"],
  lose: ["カードを失くす（両証明書を一時保留）", "loses the card; both certificates are held"],
  die: ["死亡する（両証明書が失効する）", "dies; both certificates are revoked"],
};

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
  ).argument("[persona]", `人物像 / persona: ${personaNames().join(", ")}`, "adult");
  return acts<LabPlace>(command, async (terminal, options, persona = "adult") =>
    show(terminal, await withLab(options, (lab) => lab.newResident(persona))),
  );
}

function listCommand(): Command {
  return acts<LabPlace>(
    worldCommand("list", "住民の一覧", "residents"),
    async (terminal, options) => {
      const rows = await withLab(options, (lab) => lab.residents());
      terminal.document(rows);
      for (const row of rows) terminal.line(`${row.id} ${row.persona.padEnd(10)} ${row.status}`);
      return 0;
    },
  );
}

function showCommand(): Command {
  const command = worldCommand("show", "住民を表示する", "one resident").argument("<id>", "R0001");
  return acts<LabPlace>(command, async (terminal, options, id = "") =>
    show(terminal, await withLab(options, (lab) => lab.resident(id))),
  );
}

function eventCommand(event: LifeEventName): Command {
  const [ja, en] = EVENT_TEXT[event];
  const command = worldCommand(event, ja, en).argument("<id>", "R0001");
  return acts<LabPlace>(command, async (terminal, options, id = "") =>
    show(terminal, await withLab(options, (lab) => lab.lifeEvent(id, event))),
  );
}

function show(terminal: Terminal, row: ResidentRow): number {
  terminal.document(row);
  terminal.line(`${row.id} ${row.persona} ${row.status}  ${row.name}  ${row.address}`);
  const { card } = row;
  if (card === undefined) return 0;
  const serials = [card.authSerial, card.signSerial ?? "—"].join(" / ");
  terminal.line(
    terminal.say({
      ja: `  カード ${card.id}  発行番号（利用者証明用／署名用） ${serials}`,
      en: `  card ${card.id}  serials (auth / sign) ${serials}`,
    }),
  );
  return 0;
}

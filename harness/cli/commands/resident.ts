/** `jpki-bench resident`: the people of a world, and what happens to them. */
import { Command } from "commander";
import {
  type CardRow,
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
  move: ["転居・転入する（署名用証明書が失効する）", "moves; the 署名用 certificate is revoked"],
  rename: [
    "氏名を変える（署名用証明書が失効する）",
    "is renamed; the 署名用 certificate is revoked",
  ],
  lose: ["カードを失くす（両証明書を一時保留）", "loses the card; both certificates are held"],
  find: ["失くしたカードが見つかる（保留は続く）", "finds the card; both certificates stay held"],
  die: ["死亡する（両証明書が失効する）", "dies; both certificates are revoked"],
  emigrate: ["国外へ転出する（両証明書が失効する）", "moves abroad; both certificates are revoked"],
  renew: ["同じカードの電子証明書を更新する", "new certificates on the same card"],
  "reissue-sign": ["署名用電子証明書の発行を受ける", "gets another 署名用 certificate"],
  "replace-card": ["カードの再交付を受ける", "gets another card"],
  "give-up-auth": ["利用者証明用証明書を失効させる", "gives up the 利用者証明用 certificate"],
  "give-up-sign": ["署名用証明書を失効させる", "gives up the 署名用 certificate"],
  "add-android": ["スマホ用電子証明書（Android）を申し込む", "gets certificates on an Android"],
  "add-iphone": ["iPhoneのマイナンバーカードを申し込む", "gets certificates on an iPhone"],
  "lose-smartphone": ["スマートフォンを失くす（一時保留）", "loses the smartphone; it is held"],
  "give-up-smartphone": ["スマホ用電子証明書を失効させる", "gives up those on the smartphone"],
};

interface EventOptions extends LabPlace {
  readonly to?: string;
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
  if (event === "move") {
    command.option("--to <code>", "転入先の市区町村コード（5桁） / municipality, five digits");
  }
  return acts<EventOptions>(command, async (terminal, options, id = "") => {
    const { to } = options;
    return show(terminal, await withLab(options, (lab) => lab.lifeEvent(id, event, { to })));
  });
}

function show(terminal: Terminal, row: ResidentRow): number {
  terminal.document(row);
  terminal.line(`${row.id} ${row.persona} ${row.status}  ${row.name}  ${row.address}`);
  for (const one of [row.card, row.smartphone]) if (one !== undefined) showCard(terminal, one);
  return 0;
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

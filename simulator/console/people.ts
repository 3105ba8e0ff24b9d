/** Residents on the lab's web page, each with card and smartphone and what can be done to them. */
import { LIFE_EVENT_TEXT, LIFE_EVENTS } from "../lab/life-events.ts";
import type { CardRow, ResidentRow } from "../lab/rows.ts";
import { type Html, html } from "../platform/html.ts";
import { PERSONAS } from "../residents/index.ts";
import { badge, code, operate, section, select } from "./parts.ts";
import type { ConsoleView } from "./view.ts";

const PIN_NAMES = {
  auth: "利用者証明用",
  sign: "署名用",
  text: "券面入力補助",
  juki: "住基",
  common: "共通",
};

const STATUS = { registered: "", dead: "死亡", emigrated: "国外転出" };

const EVENTS = LIFE_EVENTS.map((value) => ({ value, label: LIFE_EVENT_TEXT[value][0] }));

export function people(view: ConsoleView): Html {
  const personas = PERSONAS.map(({ id, title }) => ({ value: id, label: title.ja }));
  return section(
    { ja: "住民とカード", en: "residents and cards" },
    operate("newResident", "住民を加える", {}, select("persona", personas, "人物像")),
    ...view.residents.map((resident) => residentPart(resident, view)),
  );
}

function residentPart(resident: ResidentRow, view: ConsoleView): Html {
  const { id, persona, name, address, status, card, smartphone } = resident;
  const carriers = [card, smartphone].filter((one) => one !== undefined);
  return html`<article>
<div class="who"><strong>${id}</strong> ${name} <small>${persona}</small> ${status === "registered" ? undefined : badge("bad", STATUS[status])}<br><small>${address}</small></div>
${carriers.map((carrier) => carrierPart(carrier, view))}
<div class="actions">${operate("lifeEvent", "起こす", { id }, select("event", EVENTS, "ライフイベント"))}</div>
</article>`;
}

function carrierPart(card: CardRow, view: ConsoleView): Html {
  const { id, authSerial, signSerial, quirks } = card;
  return html`<div class="card">
<div class="line">${code(id)} ${card.reader === undefined ? undefined : badge("plain", `→ ${card.reader}`)} ${quirks.map((quirk) => badge("plain", quirk))}</div>
<div class="line"><small>証明書</small> 利用者証明用 ${certificate(authSerial, view)}　署名用 ${certificate(signSerial, view)}</div>
<div class="line"><small>暗証番号</small> ${pins(card)}</div>
<div class="actions">${place(card, view)}
${operate("unblockPin", "初期化", { id }, select("pin", pinChoices(card), "暗証番号"))}</div>
</div>`;
}

function certificate(serial: string | undefined, { certificates }: ConsoleView): Html {
  if (serial === undefined) return html`—`;
  const row = certificates.get(serial);
  const revoked = row?.status === "revoked";
  return html`${code(serial)} ${revoked ? badge("bad", `失効 ${row.reason ?? ""}`) : badge("good", "有効")}`;
}

/** As they are now, with the tries left; the value of the common application's is told nobody. */
function pins({ pins: values, triesLeft }: CardRow): Html[] {
  return namesOf(triesLeft).map((name) => {
    const [value, left] = [values[name], triesLeft[name] ?? 0];
    const unset = value === undefined && left === 0;
    const tries = left === 0 ? badge("bad", "閉塞") : html`<small>残り${String(left)}</small>`;
    const known = value === undefined ? undefined : code(value);
    return html`<span class="pin">${PIN_NAMES[name]} ${known} ${unset ? badge("plain", "未設定") : tries}</span>`;
  });
}

function pinChoices({ triesLeft }: CardRow) {
  return namesOf(triesLeft).map((value) => ({ value, label: PIN_NAMES[value] }));
}

function namesOf(counted: CardRow["triesLeft"]) {
  return (Object.keys(PIN_NAMES) as (keyof typeof PIN_NAMES)[]).filter((name) => name in counted);
}

function place({ id, reader }: CardRow, { readers }: ConsoleView): Html {
  if (reader !== undefined) return operate("removeCard", "リーダーから取る", { name: reader });
  const free = readers.filter(({ lying }) => lying === undefined);
  const choices = free.map(({ name }) => ({ value: name, label: name }));
  if (choices.length === 0) return html`<small>空いたリーダーはありません</small>`;
  return operate("insertCard", "置く", { card: id }, select("name", choices, "リーダー"));
}

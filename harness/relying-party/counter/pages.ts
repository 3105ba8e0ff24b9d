/** The pages at the window: what is applied for, and what came of it with the evidence it rests on. */
import type { Bilingual } from "../../../reports/journal/events.ts";
import { type Html, html } from "../../../simulator/platform/html.ts";
import { REVOCATION_GUIDANCE } from "../../platform/index.ts";
import {
  both,
  button,
  facts,
  notice,
  type SitePage,
  stacked,
  type Tone,
  table,
} from "../site/layout.ts";
import { birthday, day, evidenceText, moment } from "../site/times.ts";
import type { CardTroubleError } from "./card.ts";
import type { MethodAnswer } from "./inquiry.ts";
import type { Application, DocumentKind } from "./records.ts";
import {
  CARD_TROUBLES,
  DOCUMENTS,
  METHODS,
  METHODS_DIFFER,
  NO_RESIDENT,
  NOT_CHECKED,
  RESULTS,
  TURNED_AWAY,
  TURNED_AWAY_OTHERWISE,
} from "./words.ts";

/** A card of the test world. */
export interface CardChoice {
  readonly id: string;
  /** `R0001-1 試験 太郎`. */
  readonly label: string;
}

/** As the municipality's own register has them. */
export interface RegisteredResident {
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD. */
  readonly birthDate: string;
}

export interface WindowView {
  readonly lying: CardChoice | undefined;
  readonly cards: readonly CardChoice[];
  readonly applications: readonly Application[];
}

export function windowPage({ lying, cards, applications }: WindowView): SitePage {
  const documents = Object.entries(DOCUMENTS);
  const methods = Object.entries(METHODS);
  return {
    title: { ja: "交付申請の受付", en: "Applications" },
    marks: { step: "window", card: lying?.id ?? "" },
    body: html`<div class="columns">
<section class="box"><h2>${both({ ja: "1. カード", en: "Card" })}</h2>
<p>${lying === undefined ? "カードリーダーにカードがありません。" : html`カードリーダー：<strong>${lying.label}</strong>`}</p>
<form method="post" action="/card"><label for="card">${both({ ja: "試験カードを置く", en: "Put a test card on the reader" })}</label>
<select id="card" name="card">${cards.map(({ id, label }) => html`<option value="${id}"${id === lying?.id ? html` selected` : undefined}>${label}</option>`)}</select>
<button class="quiet">${both({ ja: "置く", en: "Put" })}</button></form>
${lying && button("/card", { ja: "カードを返す", en: "Give it back" }, { quiet: true })}</section>
<section class="box"><h2>${both({ ja: "2. 申請", en: "Application" })}</h2>
<form method="post" action="/applications">
<label for="document">${both({ ja: "交付する証明書", en: "Document" })}</label>
<select id="document" name="document">${documents.map(([kind, text]) => html`<option value="${kind}">${text.ja} ${text.en}</option>`)}</select>
<fieldset><legend>${both({ ja: "有効性確認の方式（地方認証PF）", en: "Method" })}</legend>
${methods.map(([method, text]) => html`<label><input type="radio" name="methods" value="${method}"${method === "ocsp" ? html` checked` : undefined}> ${both(text)}</label>`)}</fieldset>
<label for="pin">${both({ ja: "利用者証明用暗証番号（4桁、ご本人が入力）", en: "PIN, typed by the holder" })}</label>
<input class="short" type="password" id="pin" name="pin" inputmode="numeric" maxlength="4" autocomplete="off" required>
<div><button>${both({ ja: "確認して交付", en: "Check and issue" })}</button></div></form></section>
</div>
<section><h2>${both({ ja: "受付記録", en: "Applications so far" })}</h2>${applicationTable(applications)}</section>`,
  };
}

export interface IssuedView {
  readonly document: DocumentKind;
  readonly receipt: string;
  readonly at: Date;
  readonly resident: RegisteredResident;
  readonly answers: readonly MethodAnswer[];
}

export function issuedPage({ document, receipt, at, resident, answers }: IssuedView): SitePage {
  return {
    title: { ja: "交付しました", en: "Issued" },
    marks: { step: "issued", document, receipt },
    body: html`${notice("ok", { ja: "電子証明書は有効で、カードのご本人を確認しました。", en: "The certificate is valid and its holder was there." })}
<section><h2>${both({ ja: "確認の根拠", en: "Evidence" })}</h2>${answerTable(answers)}</section>
<section class="paper"><span class="sample">見本</span><h2>${DOCUMENTS[document].ja}</h2>
${facts([
  [{ ja: "氏名", en: "name" }, resident.name],
  [{ ja: "生年月日", en: "born" }, birthday(resident.birthDate)],
  [{ ja: "住所", en: "address" }, resident.address],
])}<p>上記のとおり相違ないことを証明します（試験用の見本です。効力はありません）。</p>
<p>${day(at)}　試験市長　　受付番号 <code>${receipt}</code></p></section>
${BACK}`,
  };
}

export interface RefusalView {
  readonly answers: readonly MethodAnswer[];
  readonly why: "turnedAway" | "notChecked" | "noResident";
}

export function refusalPage({ answers, why }: RefusalView): SitePage {
  const { tone, step, title, reason, text } = WORDED[why](answers);
  return {
    title,
    marks: { step, reason },
    body: html`${notice(tone, text)}
<section><h2>${both({ ja: "確認の根拠", en: "Evidence" })}</h2>${answerTable(answers)}${differenceNote(answers)}</section>${BACK}`,
  };
}

/** A list of this morning does not know what was revoked since (LA-03). */
function differenceNote(answers: readonly MethodAnswer[]): Html | undefined {
  const results = new Set(answers.map(({ verdict }) => verdict?.result));
  if (!results.has("valid") || !results.has("revoked")) return undefined;
  return html`<p class="muted">${stacked(METHODS_DIFFER)}</p>`;
}

interface Worded extends Pick<SitePage, "title"> {
  readonly tone: Tone;
  readonly step: string;
  readonly reason: string;
  readonly text: Bilingual;
}

const NOT_ISSUED = {
  tone: "no",
  step: "refused",
  title: { ja: "交付できません", en: "Not issued" },
} as const;

const WORDED: Readonly<Record<RefusalView["why"], (answers: readonly MethodAnswer[]) => Worded>> = {
  notChecked: () => ({
    tone: "open",
    step: "unconfirmed",
    title: { ja: "確認不可", en: "Could not be checked" },
    reason: "unconfirmed",
    text: NOT_CHECKED,
  }),
  noResident: () => ({ ...NOT_ISSUED, reason: "noResident", text: NO_RESIDENT }),
  turnedAway: (answers: readonly MethodAnswer[]) => {
    const reason = worst(answers);
    return { ...NOT_ISSUED, reason, text: TURNED_AWAY[reason] ?? TURNED_AWAY_OTHERWISE };
  },
};

export function troublePage({ trouble, triesLeft }: CardTroubleError): SitePage {
  const tries =
    triesLeft === undefined
      ? undefined
      : html`<p>残り <strong>${String(triesLeft)}</strong> 回 <span lang="en">tries left</span></p>`;
  return {
    title: { ja: "カードを確認してください", en: "Look at the card" },
    marks: {
      step: "card",
      reason: trouble,
      tries: triesLeft === undefined ? "" : String(triesLeft),
    },
    body: html`${notice("no", CARD_TROUBLES[trouble], tries)}${BACK}`,
  };
}

const BACK = html`<p><a href="/">受付へ戻る <span lang="en">Back</span></a></p>`;

function worst(answers: readonly MethodAnswer[]): keyof typeof RESULTS {
  const results = answers.map(({ verdict }) => verdict?.result ?? "unreachable");
  return results.find((result) => RESULTS[result][0] === "no") ?? "invalid";
}

function answerTable(answers: readonly MethodAnswer[]): Html {
  const heads = [
    { ja: "方式", en: "method" },
    { ja: "結果", en: "result" },
    { ja: "根拠", en: "evidence" },
  ];
  const rows = answers.map(({ method, verdict }) => {
    const [tone, text] = RESULTS[verdict?.result ?? "unreachable"];
    return [
      html`${METHODS[method].ja.slice(0, method === "ocsp" ? 6 : 5)}`,
      tag(tone, text),
      basis(verdict),
    ];
  });
  return table(heads, rows);
}

function basis(verdict: MethodAnswer["verdict"]): Html {
  if (verdict === undefined || !("evidence" in verdict)) return html`—`;
  const evidence = stacked(evidenceText(verdict.evidence));
  if (verdict.result !== "revoked") return evidence;
  const { reason, revokedAt } = verdict.revocation;
  const guidance = REVOCATION_GUIDANCE[reason];
  return html`${evidence}<br>失効日時 ${moment(revokedAt)}<br>理由 ${both(guidance.reason)} <code>${reason}</code><br>${stacked(guidance.advice)}`;
}

function tag(tone: Tone, text: Bilingual): Html {
  return html`<span class="verdict ${tone}">${both(text)}</span>`;
}

function applicationTable(applications: readonly Application[]): Html {
  if (applications.length === 0) return html`<p class="muted">まだありません。</p>`;
  const heads = [
    { ja: "受付番号", en: "receipt" },
    { ja: "日時", en: "time" },
    { ja: "証明書", en: "document" },
    { ja: "結果", en: "outcome" },
    { ja: "根拠", en: "evidence" },
  ];
  const rows = applications
    .slice(-8)
    .reverse()
    .map(({ receipt, at, document, outcome, checks }) => [
      html`<code>${receipt}</code>`,
      html`${moment(new Date(at))}`,
      html`${DOCUMENTS[document].ja}`,
      html`${outcome}`,
      html`${checks.map(({ evidence }) => html`${evidence}<br>`)}`,
    ]);
  return table(heads, rows);
}

/**
 * The pages MKPF shows on the patron's display (利用者用ディスプレイ): put the card on the reader, and
 * consent to passing information on. Software reads them by the `data-` attributes of `main`.
 */
import { type Html, html } from "../../html.ts";
import type { CardOnCounter } from "./card-reader.ts";
import { type ClientSoftwareSection, clientSoftwareSection } from "./client-software-section.ts";

export interface ReadingPage extends ClientSoftwareSection {
  /** Name of the municipal system. */
  readonly system: string;
  readonly challenge: Uint8Array;
  /** Cards a person can choose in the browser, when the lab offers them. */
  readonly cards: readonly CardOnCounter[];
  readonly trouble?: string;
}

export function readingPage(page: ReadingPage) {
  const { base, mode, system, challenge, trouble } = page;
  const asked =
    mode === "touch"
      ? "マイナンバーカードをカードリーダーにかざしてください。 Touch the reader with your card."
      : "マイナンバーカードをカードリーダーに置いてください。 Put your card on the reader.";
  return {
    title: "マイナンバーカードの読み取り / Reading the card",
    body: html`<main data-step="card" data-base="${base}" data-mode="${mode}" data-challenge="${base64(challenge)}">
<p>${system}</p>
<p>${asked}</p>
<p class="trouble">${trouble}</p>
${clientSoftwareSection(page)}
${page.cards.length > 0 ? picker(page) : undefined}
${cancelForm(base)}
</main>`,
  };
}

function picker({ base, mode, cards }: ReadingPage): Html {
  const options = cards.map(({ id, label }) => html`<option value="${id}">${label}</option>`);
  const pins = html`
<label>利用者証明用電子証明書の暗証番号（4桁） / user authentication PIN
<input name="auth_pin" inputmode="numeric" autocomplete="off"></label>
<label>券面事項入力補助用の暗証番号（4桁） / text application PIN
<input name="text_pin" inputmode="numeric" autocomplete="off"></label>`;
  return html`<form method="post" action="${base}/pick">
<label>カード / card <select name="card">${options}</select></label>
${mode === "register" ? pins : undefined}
<button>${mode === "register" ? "読み取る / Read" : "かざす / Touch"}</button>
</form>`;
}

export interface ConsentPage {
  readonly base: string;
  readonly system: string;
  readonly withAttributes: boolean;
}

export function consentPage({ base, system, withAttributes }: ConsentPage) {
  const passed = withAttributes
    ? "氏名・住所・生年月日・性別、仮名識別子（PPID） / name, address, date of birth, sex, PPID"
    : "仮名識別子（PPID） / PPID";
  return {
    title: "情報連携の同意 / Consent",
    body: html`<main data-step="consent" data-base="${base}">
<p>次の情報を「${system}」に連携します。 The following is passed on to ${system}.</p>
<p><strong>${passed}</strong></p>
<form method="post" action="${base}/consent">
<button name="decision" value="allow">同意する / Agree</button>
<button name="decision" value="decline">同意しない / Decline</button>
</form>
</main>`,
  };
}

export function expiredPage() {
  return {
    title: "画面の有効期限が切れました / Expired",
    body: html`<main data-step="gone">
<p>お手続きを最初からやり直してください。 Please start again.</p>
</main>`,
  };
}

function cancelForm(base: string): Html {
  return html`<form method="post" action="${base}/cancel"><button>中止する / Cancel</button></form>`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

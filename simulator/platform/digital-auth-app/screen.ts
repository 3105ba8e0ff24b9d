/** 「認証API/署名API テストレスポンス設定画面」: the tester picks a card and what is to happen. */
import { type Html, html, type Page } from "../html.ts";
import { OUTCOMES, type Outcome, SIGN_FAULTS } from "./authentication.ts";
import type { TestCard } from "./test-cards.ts";

const LABELS: Readonly<Record<Outcome, string>> = {
  normal: "正常 / normal",
  cancelled: "利用者が中止 / cancelled by the user",
  consentDeclined: "同意しない / consent declined",
  pinLocked: "暗証番号ロック / PIN locked",
  certificateRevoked: "電子証明書失効 / certificate revoked",
  certificateExpired: "電子証明書有効期限切れ / certificate expired",
  unmetAcr: "認証レベル不足 / unmet acr",
  maintenance: "JPKIメンテナンス / JPKI maintenance",
  serverError: "サーバーエラー / server error",
  otherDocument: "署名対象が異なる / signature over another document",
  digestInfoMissing: "DigestInfoなし / DigestInfo missing",
  digestInfoTwice: "DigestInfo二重 / DigestInfo twice",
  jweTampered: "JWE改ざん / tampered JWE",
};

export interface Screen {
  readonly action: string;
  /** Name of the service. */
  readonly service: string;
  readonly cards: readonly TestCard[];
  /** Scopes the person may agree to or not. */
  readonly consents: readonly string[];
  readonly signs: boolean;
  readonly trouble?: string;
}

export function testResponseScreen(screen: Screen): Page {
  const { action, service, cards, consents, signs, trouble } = screen;
  return {
    title: "認証API/署名API テストレスポンス設定画面 / test response settings",
    body: html`<main data-step="test-response" data-base="${action}">
<p>${service}</p>
<p class="trouble">${trouble}</p>
<form method="post" action="${action}">
<label>テストカード / test card <select name="card">${cards.map(option)}</select></label>
<fieldset><legend>応答 / response</legend>${OUTCOMES.filter(isOffered(signs)).map(radio)}</fieldset>
<fieldset><legend>同意する項目 / consent</legend>${consents.map(checkbox)}</fieldset>
<button>設定 / Respond</button>
</form>
</main>`,
  };
}

function isOffered(signs: boolean) {
  const ofSigning: readonly Outcome[] = SIGN_FAULTS;
  return (outcome: Outcome) => signs || !ofSigning.includes(outcome);
}

function option({ id, label }: TestCard): Html {
  return html`<option value="${id}">${label}</option>`;
}

function radio(outcome: Outcome): Html {
  const checked = outcome === "normal" ? html` checked` : undefined;
  return html`<label><input type="radio" name="outcome" value="${outcome}"${checked}> ${LABELS[outcome]}</label>`;
}

function checkbox(scope: string): Html {
  return html`<label><input type="checkbox" name="consent" value="${scope}" checked> ${scope}</label>`;
}

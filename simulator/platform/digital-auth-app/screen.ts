/**
 * 「認証API/署名API テストレスポンス設定画面」: the tester picks a card and what is to happen
 * (platform-facts 4.7), and the pages a visit may end at instead.
 */
import { type Html, html, type Page } from "../html.ts";
import { type OutcomeGroup, outcomesFor, STALLS, type Stall } from "./outcomes.ts";
import type { TestCard } from "./test-cards.ts";

export interface Screen {
  readonly action: string;
  /** Name of the service. */
  readonly service: string;
  readonly cards: readonly TestCard[];
  /** Scopes the person may agree to or not. */
  readonly consents: readonly string[];
  readonly signs: boolean;
  /** For the app: what a card has to sign to prove that it is there, and what is to be signed; base64. */
  readonly challenge: string;
  readonly toSign?: string | undefined;
  readonly trouble?: string;
}

export function testResponseScreen(screen: Screen): Page {
  const { action, service, cards, consents, signs, challenge, toSign, trouble } = screen;
  return {
    title: "認証API/署名API テストレスポンス設定画面 / test response settings",
    body: html`<main data-step="test-response" data-base="${action}" data-challenge="${challenge}" data-sign="${toSign}">
<p>${service}</p>
<p class="trouble">${trouble}</p>
<form method="post" action="${action}">
<label>テストカード / test card <select name="card">${cards.map(option)}</select></label>
${outcomesFor(signs).map(choices)}
<fieldset><legend>同意する項目 / consent</legend>${consents.map(checkbox)}</fieldset>
<button>設定 / Respond</button>
</form>
</main>`,
  };
}

/** Where a person without a usable app ends up. */
export function stalledPage(stall: Stall): Page {
  return {
    title: "デジタル認証アプリを起動できません / The app cannot be started",
    body: html`<main data-step="stalled" data-reason="${stall}"><p>${STALLS[stall]}</p></main>`,
  };
}

export function expiredPage(): Page {
  return {
    title: "画面の有効期限が切れました / Expired",
    body: html`<main data-step="gone"><p>最初からやり直してください。 Please start again.</p></main>`,
  };
}

function option({ id, label }: TestCard): Html {
  return html`<option value="${id}">${label}</option>`;
}

/** What is not usual is folded away. */
function choices({ title, outcomes }: OutcomeGroup, i: number): Html {
  const radios = outcomes.map(radio);
  return i === 0
    ? html`<fieldset><legend>${title}</legend>${radios}</fieldset>`
    : html`<details><summary>${title}</summary>${radios}</details>`;
}

function radio([outcome, label]: readonly [string, string]): Html {
  const checked = outcome === "normal" ? html` checked` : undefined;
  return html`<label><input type="radio" name="outcome" value="${outcome}"${checked}> ${label}</label>`;
}

function checkbox(scope: string): Html {
  return html`<label><input type="checkbox" name="consent" value="${scope}" checked> ${scope}</label>`;
}

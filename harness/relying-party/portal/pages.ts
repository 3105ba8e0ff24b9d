/** The pages of the portal. */
import type { Bilingual } from "../../../reports/journal/events.ts";
import { type Html, html } from "../../../simulator/platform/html.ts";
import { LOGIN_NOTICES, type LoginTrouble, type UserAttribute } from "../../platform/index.ts";
import { both, button, facts, notice, type SitePage, table } from "../site/layout.ts";
import { birthday, moment, sexOf } from "../site/times.ts";
import type { SignedApplication } from "./records.ts";
import type { Resident } from "./signing.ts";
import { ATTRIBUTES, type SIGNATURE_REFUSALS, TROUBLE_TONES } from "./words.ts";

export function welcomePage(): SitePage {
  return {
    title: { ja: "ようこそ", en: "Welcome" },
    marks: { step: "welcome" },
    body: html`<div class="columns"><section><p>マイナンバーカードとスマートフォンでログインし、申請書に電子署名をして提出できます。<br>
<span lang="en">Log in with your card and a smartphone, and sign applications.</span></p>
<ol class="steps"><li>「デジタル認証アプリでログイン」を押します。</li><li>アプリでカードを読み取り、利用者証明用暗証番号（4桁）を入力します。</li><li>提供する項目（氏名・住所・生年月日・性別）を確かめて同意します。</li></ol></section>
<section class="box"><h2>${both({ ja: "ログイン", en: "Log in" })}</h2>
${button("/login", { ja: "デジタル認証アプリでログイン", en: "Log in" })}
<p class="muted">この端末にパスワードは保存しません。<br><span lang="en">There is no password.</span></p></section></div>`,
  };
}

export function homePage(
  resident: Resident,
  applications: readonly SignedApplication[],
  told?: Bilingual,
): SitePage {
  const { missing } = resident.attributes;
  return {
    title: { ja: "マイページ", en: "My page" },
    marks: {
      step: "home",
      missing: missing.join(" "),
      applications: String(applications.length),
    },
    corner: button("/logout", { ja: "ログアウト", en: "Log out" }, { quiet: true }),
    body: html`${told && notice("ok", told)}${missingNotice(missing)}
<div class="columns">
<section><h2>${both({ ja: "ご本人の情報", en: "About you" })}</h2>${facts(rowsOf(resident))}</section>
<section class="box"><h2>${both({ ja: "電子申請", en: "Application" })}</h2>
<form method="post" action="/applications">
<label for="text">${both({ ja: "申請の内容", en: "What you apply for" })}</label>
<textarea id="text" name="text" maxlength="2000" required></textarea>
<div><button>${both({ ja: "電子署名をして提出", en: "Sign and hand in" })}</button></div>
<p class="muted">署名用電子証明書のパスワード（英数字6〜16文字）が必要です。<br><span lang="en">You need the password of your signature certificate.</span></p></form></section>
</div>
<section><h2>${both({ ja: "提出した申請", en: "Handed in" })}</h2>${applicationTable(applications)}</section>`,
  };
}

/** The person was not logged in, or came back without having signed. */
export function troublePage(trouble: LoginTrouble): SitePage {
  return {
    title: { ja: "手続きは完了していません", en: "Not completed" },
    marks: { step: "notSignedIn", reason: trouble },
    body: html`${notice(TROUBLE_TONES[trouble], LOGIN_NOTICES[trouble])}${BACK}`,
  };
}

export function notSignedPage(reason: keyof typeof SIGNATURE_REFUSALS, text: Bilingual): SitePage {
  return {
    title: { ja: "電子署名を確認できません", en: "The signature was not accepted" },
    marks: { step: "notSigned", reason },
    body: html`${notice("no", text)}${BACK}`,
  };
}

const BACK = html`<p><a href="/">最初の画面へ <span lang="en">Back to the start</span></a></p>`;

/** A person may agree to less than was asked for (DA-09). */
function missingNotice(missing: readonly UserAttribute[]): Html | undefined {
  if (missing.length === 0) return undefined;
  const ja = missing.map((name) => ATTRIBUTES[name].ja).join("・");
  const en = missing.map((name) => ATTRIBUTES[name].en).join(", ");
  return notice("info", {
    ja: `${ja}は提供に同意されていません。必要な手続きでは書類で確認します。`,
    en: `Not provided: ${en}. Documents will be asked for where they are needed.`,
  });
}

const SHOWN: Readonly<Partial<Record<UserAttribute, (value: string) => string>>> = {
  birthdate: birthday,
  gender: sexOf,
};

function rowsOf({ attributes }: Resident) {
  const known = attributes.known.reveal();
  const names = Object.keys(ATTRIBUTES) as UserAttribute[];
  return names.map((name) => {
    const value = known[name];
    const shown = value === undefined ? undefined : (SHOWN[name] ?? String)(value);
    return [ATTRIBUTES[name], shown ?? html`<span class="muted">未提供</span>`] as const;
  });
}

function applicationTable(applications: readonly SignedApplication[]): Html {
  if (applications.length === 0) return html`<p class="muted">まだありません。</p>`;
  const heads = [
    { ja: "受付番号", en: "receipt" },
    { ja: "内容", en: "text" },
    { ja: "受付日時", en: "time" },
    { ja: "電子署名", en: "signature" },
  ];
  const rows = applications.map(({ receipt, text, at, evidence, sha256 }) => [
    html`<code>${receipt}</code>`,
    html`<pre>${text}</pre>`,
    html`${moment(new Date(at))}`,
    html`<span class="verdict ok">検証済み</span><br><span class="muted">${evidence}<br>SHA-256 <code>${sha256.slice(0, 16)}…</code></span>`,
  ]);
  return table(heads, rows);
}

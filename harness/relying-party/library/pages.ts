/** The staff pages of the library, apart from what is said after a visit that came to nothing. */
import { type Html, html } from "../../../simulator/platform/html.ts";
import { both, button, facts, notice, type SitePage, stacked, table } from "../site/layout.ts";
import { birthday, day, evidenceText, sexOf } from "../site/times.ts";
import { bookOf } from "./books.ts";
import { LOAN_DAYS, LOANS_AT_ONCE, loansOf } from "./circulation.ts";
import type { AtDesk, Newcomer } from "./desk.ts";
import type { LibraryRecords, Loan, Patron } from "./records.ts";
import type { Told } from "./words.ts";

/** Nobody is at the desk. */
export function receptionPage(records: LibraryRecords, told?: Told): SitePage {
  const linked = records.patrons.filter(({ ppid }) => ppid !== undefined).length;
  const text = (ja: string, en: string) => both({ ja, en });
  return {
    title: { ja: "窓口", en: "Service desk" },
    marks: { step: "reception", patrons: String(records.patrons.length), linked: String(linked) },
    body: html`${say(told)}
<div class="columns">
<section class="box"><h2>${text("マイナンバーカードで貸出し", "Lend by card")}</h2>
<p>利用者にカードをかざしてもらいます。暗証番号は不要です。<br><span lang="en">The patron touches the reader; no PIN.</span></p>
${button("/visits", { ja: "かざして利用者を確認", en: "Identify by touch" }, { fields: { errand: "touch" } })}</section>
<section class="box"><h2>${text("返却", "Return")}</h2>${barcodeForm("/returns", { ja: "返却する", en: "Take back" })}</section>
</div>
<div class="columns">
<section class="box"><h2>${text("図書館カードと一体化", "Link to a library card")} <small>登録A</small></h2>
<p class="muted">図書館カードの番号に、マイナンバーカードを結び付けます（4情報は受け取りません）。<br><span lang="en">PPID only, no attributes.</span></p>
<form method="post" action="/visits"><input type="hidden" name="errand" value="link">
<label for="patron">${text("利用者番号", "Patron number")}</label>
<select id="patron" name="patron">${records.patrons.map(patronOption)}</select>
<button>${text("一体化する", "Link")}</button></form></section>
<section class="box"><h2>${text("新規ユーザー登録", "New patron")} <small>登録B</small></h2>
<p class="muted">氏名・住所・生年月日・性別を、利用者の同意を得て受け取ります。<br><span lang="en">With name, address, date of birth and sex, if the patron consents.</span></p>
${button("/visits", { ja: "新規ユーザー登録", en: "Register" }, { fields: { errand: "enrol" } })}</section>
</div>
<section><h2>${text("貸出中の資料", "Books on loan")} <small>${String(records.loans.length)}</small></h2>
${records.loans.length === 0 ? html`<p class="muted">貸出中の資料はありません。</p>` : loanTable(records.loans, records)}</section>`,
  };
}

/** A patron is at the desk. */
export function patronPage(records: LibraryRecords, at: AtDesk, patron: Patron, told?: Told) {
  const loans = loansOf(records, patron);
  const marks = { step: "patron", patron: patron.number, loans: String(loans.length) };
  return {
    title: { ja: "利用者への貸出し", en: "Lending to a patron" },
    marks: { ...marks, attributes: at.attributes ?? "unknown" },
    body: html`${say(told)}${reconfirm(at)}
<div class="columns top">
<section>${facts([
      [{ ja: "利用者番号", en: "number" }, patron.number],
      [{ ja: "氏名", en: "name" }, patron.name],
      [{ ja: "住所", en: "address" }, patron.address],
      [{ ja: "生年月日", en: "born" }, birthday(patron.birthDate)],
      [{ ja: "電話", en: "phone" }, patron.phone],
      [
        { ja: "有効性確認", en: "checked" },
        html`<span class="verdict ok">有効</span> ${stacked(evidenceText(at.evidence))}`,
      ],
    ])}</section>
<section class="box"><h2>${both({ ja: "貸出し", en: "Lend" })}</h2>${barcodeForm("/loans", { ja: "貸出し", en: "Lend" })}
<p class="muted">${stacked(LOAN_RULE)}</p></section>
</div>
<section><h2>${both({ ja: "この利用者の貸出資料", en: "This patron's loans" })} <small>${String(loans.length)}</small></h2>
${loans.length === 0 ? html`<p class="muted">貸出中の資料はありません。</p>` : loanTable(loans, records)}</section>
${button("/done", { ja: "対応を終える", en: "Done" }, { quiet: true })}`,
  } satisfies SitePage;
}

/** Registration B, step 7: staff fills in what the card does not tell. */
export function newcomerPage({ attributes, evidence }: Newcomer): SitePage {
  return {
    title: { ja: "新規ユーザー登録", en: "New patron" },
    marks: { step: "newcomer" },
    body: html`<p>マイナンバーカードから受け取った内容を確かめ、残りの項目を入力してください。<br><span lang="en">Check what the card told and fill in the rest.</span></p>
<section>${facts([
      [{ ja: "氏名", en: "name" }, attributes.name],
      [{ ja: "住所", en: "address" }, attributes.address],
      [{ ja: "生年月日", en: "born" }, birthday(attributes.birthDate)],
      [{ ja: "性別", en: "sex" }, sexOf(attributes.sex)],
      [
        { ja: "有効性確認", en: "checked" },
        html`<span class="verdict ok">有効</span> ${stacked(evidenceText(evidence))}`,
      ],
    ])}</section>
<form method="post" action="/patrons">
<label for="phone">${both({ ja: "電話番号", en: "Phone" })}</label>
<input class="short" type="text" id="phone" name="phone" inputmode="tel" autocomplete="off" maxlength="20" required autofocus>
<div><button>${both({ ja: "登録する", en: "Register" })}</button></div></form>
<p>${button("/done", { ja: "取り消す", en: "Cancel" }, { quiet: true })}</p>`,
  };
}

/** A visit that came to nothing. */
export function refusedPage(reason: string, { tone, text }: Told): SitePage {
  return {
    title: { ja: "手続きできませんでした", en: "Not done" },
    marks: { step: "refused", reason },
    body: html`${notice(tone, text)}<p><a href="/">窓口へ戻る <span lang="en">Back to the desk</span></a></p>`,
  };
}

const LOAN_RULE = {
  ja: `貸出しは${LOANS_AT_ONCE}点まで、${LOAN_DAYS}日間です。`,
  en: `Up to ${LOANS_AT_ONCE} items for ${LOAN_DAYS} days.`,
};

function say(told: Told | undefined): Html | undefined {
  return told && notice(told.tone, told.text);
}

/** MKPF function 5: only a hint that the person may have moved or changed names. */
function reconfirm({ attributes }: AtDesk): Html | undefined {
  if (attributes !== "maybeChanged") return undefined;
  return notice("open", {
    ja: "住所・氏名が変わっている可能性があります。利用者に確かめてください。",
    en: "Name or address may have changed. Please ask.",
  });
}

function barcodeForm(action: string, label: { ja: string; en: string }): Html {
  const id = action.slice(1);
  return html`<form method="post" action="${action}">
<label for="${id}">資料番号（バーコード） <span lang="en">Barcode</span></label>
<input class="short" type="text" id="${id}" name="barcode" inputmode="numeric" pattern="[0-9]{10}" autocomplete="off" required>
<div><button>${both(label)}</button></div></form>`;
}

function patronOption({ number, name, ppid }: Patron): Html {
  return html`<option value="${number}">${number} ${name}${ppid === undefined ? "" : "（一体化済み）"}</option>`;
}

function loanTable(loans: readonly Loan[], { patrons }: LibraryRecords): Html {
  const heads = [
    { ja: "資料番号", en: "barcode" },
    { ja: "書名", en: "title" },
    { ja: "利用者", en: "patron" },
    { ja: "返却期限", en: "due" },
    { ja: "", en: "" },
  ];
  const rows = loans.map(({ barcode, patron, dueAt }) => [
    html`${barcode}`,
    html`${bookOf(barcode)?.title} <span class="muted">${bookOf(barcode)?.author}</span>`,
    html`${patrons.find(({ number }) => number === patron)?.name}`,
    html`${day(new Date(dueAt))}`,
    button("/returns", { ja: "返却", en: "Return" }, { fields: { barcode }, quiet: true }),
  ]);
  return table(heads, rows);
}

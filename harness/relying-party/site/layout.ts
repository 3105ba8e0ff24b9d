/**
 * The pages of the built-in relying parties: one layout, Japanese first with English beside it, and no
 * script. Software reads a page by the `data-` attributes of its `main`.
 */
import type { Bilingual } from "../../../reports/journal/events.ts";
import { type Html, html } from "../../../simulator/platform/html.ts";
import { STYLE } from "./style.ts";

export interface SiteName {
  readonly name: Bilingual;
  /** Who runs it, all invented: 試験市 中央図書館. */
  readonly owner: Bilingual;
  /** CSS colour of its headings and buttons. */
  readonly accent: string;
}

export interface SitePage {
  readonly title: Bilingual;
  /** What the page is, for software: `data-step` and more attributes of `main`. */
  readonly marks: { readonly step: string } & Readonly<Record<string, string>>;
  readonly body: Html;
  /** At the right of the head band: who is logged in, and the way out. */
  readonly corner?: Html | undefined;
}

export function sitePage(site: SiteName, { title, marks, body, corner }: SitePage): string {
  const attributes = Object.entries(marks).map(([name, value]) => html`data-${name}="${value}"`);
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.ja} — ${site.name.ja}</title>
<style>:root { --accent: ${site.accent} }${STYLE}</style>
</head>
<body>
<header>
<p class="owner">${both(site.owner)}</p>
<p class="name"><a href="/">${both(site.name)}</a></p>
<div class="corner">${corner}</div>
</header>
<main ${attributes}>
<h1>${both(title)}</h1>
${body}
</main>
<footer><p>${both(NOTICE)}</p></footer>
</body>
</html>
`.text;
}

const NOTICE: Bilingual = {
  ja: "jpki-bench に組み込まれた試験用のシステムです。団体・人物・証明書はすべて架空のものです。",
  en: "A test system built into jpki-bench. Every body, person and certificate is invented.",
};

/** A text in both languages, one after the other. */
export function both({ ja, en }: Bilingual): Html {
  return html`${ja} <span lang="en">${en}</span>`;
}

/** A text in both languages, the second below the first. */
export function stacked({ ja, en }: Bilingual): Html {
  return html`${ja}<br><span lang="en">${en}</span>`;
}

/** `ok` alone is green: what could not be checked never looks like what was found good. */
export type Tone = "ok" | "no" | "open" | "info";

/** A paragraph that stands out; read aloud at once where it refuses something. */
export function notice(tone: Tone, text: Bilingual, more?: Html): Html {
  const role = tone === "no" || tone === "open" ? "alert" : "status";
  return html`<div class="notice ${tone}" role="${role}"><p>${both(text)}</p>${more}</div>`;
}

/** Pairs of what something is called and what it is. */
export function facts(rows: readonly (readonly [Bilingual, Html | string])[]): Html {
  return html`<dl>${rows.map(([term, value]) => html`<dt>${both(term)}</dt><dd>${value}</dd>`)}</dl>`;
}

export function table(heads: readonly Bilingual[], rows: readonly (readonly Html[])[]): Html {
  const head = heads.map((text) => html`<th scope="col">${both(text)}</th>`);
  const lines = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

/** A form that is one button. */
export function button(
  action: string,
  label: Bilingual,
  {
    fields = {},
    quiet = false,
  }: { fields?: Readonly<Record<string, string>>; quiet?: boolean } = {},
): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}" class="one">${hidden}<button class="${quiet ? "quiet" : ""}">${both(label)}</button></form>`;
}

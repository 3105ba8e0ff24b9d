/** The small pieces the page is made of. */
import type { Bilingual } from "../../journal/events.ts";
import type { Outcome } from "../../journal/summary.ts";
import { OUTCOMES } from "../../text/words.ts";
import { type Content, html, type Markup } from "./markup.ts";

/** A text in both languages; the style shows one of them. */
export function both({ ja, en }: Bilingual): Markup {
  if (ja === en) return html`${ja}`;
  return html`<span lang="ja">${ja}</span><span lang="en">${en}</span>`;
}

/** The verdict as a mark and a word: never by colour alone. */
export function chip(outcome: Outcome): Markup {
  const { mark } = OUTCOMES[outcome];
  return html`<span class="chip ${outcome}"><span aria-hidden="true">${mark}</span> ${both(OUTCOMES[outcome])}</span>`;
}

/** Only the mark; the word is there for those who listen. */
export function mark(outcome: Outcome): Markup {
  const word = both(OUTCOMES[outcome]);
  return html`<span class="mark ${outcome}" aria-hidden="true">${OUTCOMES[outcome].mark}</span><span class="unseen">${word}</span>`;
}

/** Term and description, as a pair of a `dl`. */
export function pair(label: Bilingual, value: Content, kind = ""): Markup {
  return html`<div class="${kind}"><dt>${both(label)}</dt><dd>${value}</dd></div>`;
}

/** A part of the page that can be linked to, with its number and its heading. */
export function section(id: string, heading: Bilingual, content: Content): Markup {
  return html`<section class="numbered" aria-labelledby="${id}"><h2 id="${id}">${both(heading)}</h2>
${content}</section>
`;
}

/** A table that stays a table for assistive technology when a narrow screen stacks its cells. */
export function table(kind: string, name: Bilingual, heads: readonly Bilingual[], rows: Content) {
  const cells = heads.map((head) => html`<th scope="col" role="columnheader">${both(head)}</th>`);
  return html`<table class="${kind}" role="table"><caption class="unseen">${both(name)}</caption>
<thead role="rowgroup"><tr role="row">${cells}</tr></thead><tbody role="rowgroup">${rows}</tbody></table>`;
}

export function row(cells: readonly { readonly kind: string; readonly content: Content }[]) {
  return html`<tr role="row">${cells.map(({ kind, content }) => html`<td class="${kind}" role="cell">${content}</td>`)}</tr>
`;
}

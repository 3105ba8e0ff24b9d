/** The controls that narrow the list down. They need the script, and are hidden until it runs. */
import type { Bilingual } from "../../journal/events.ts";
import type { RunSummary } from "../../journal/summary.ts";
import { systemName } from "../../text/systems.ts";
import { OUTCOME_ORDER, OUTCOMES, WORDS } from "../../text/words.ts";
import { type Content, html, type Markup } from "./markup.ts";
import { both } from "./parts.ts";

export function filters({ counts, systems }: RunSummary): Markup {
  const all = { ja: "すべて", en: "All" };
  const choices = [
    choice("", both(all), counts.total),
    ...OUTCOME_ORDER.filter((outcome) => counts[outcome] > 0).map((outcome) =>
      choice(outcome, both(OUTCOMES[outcome]), counts[outcome]),
    ),
  ];
  const options = systems.map(({ system }) => option(system, systemName(system)));
  return html`<form id="filters" role="search" hidden>
<fieldset><legend>${both(WORDS.verdict)}</legend><div class="choices">${choices}</div></fieldset>
<label>${both(WORDS.system)}<select name="system">${option("", all)}${options}</select></label>
<label class="words">${both({ ja: "語句", en: "Text" })}<input type="search" name="words" autocomplete="off" spellcheck="false"></label>
</form>
<div id="listing" hidden><p id="shown" role="status"><span lang="ja"><b></b>件中 <b></b>件を表示</span><span lang="en">Showing <b></b> of <b></b></span></p>
<div class="buttons"><button type="button" data-fold="open">${both({ ja: "すべて開く", en: "Open all" })}</button>
<button type="button" data-fold="closed">${both({ ja: "すべて閉じる", en: "Close all" })}</button></div></div>
`;
}

/** At first all are chosen, which is what no value means. */
function choice(value: string, label: Content, count: number): Markup {
  return html`<label><input type="radio" name="outcome" value="${value}"${
    value === "" ? html` checked` : undefined
  }><span>${label} <small>${count}</small></span></label>`;
}

/** An option holds one text only: the script puts in the one of the language chosen. */
function option(value: string, { ja, en }: Bilingual): Markup {
  return html`<option value="${value}" data-ja="${ja}" data-en="${en}">${ja}</option>`;
}

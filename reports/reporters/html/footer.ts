/** The foot of the report: how to read it, and on paper the places to sign. */
import type { Effect } from "../../journal/events.ts";
import { EFFECTS } from "../../text/words.ts";
import { html, type Markup } from "./markup.ts";
import { both, pair } from "./parts.ts";

const EXPLAINED: readonly (readonly [Effect, { readonly ja: string; readonly en: string }])[] = [
  ["read-only", { ja: "カードに何も残さない試験", en: "Leaves no mark on the card." }],
  [
    "spends-tries",
    {
      ja: "PINの試行回数を減らす試験",
      en: "Uses up tries of a PIN.",
    },
  ],
  ["changes-card", { ja: "カードの内容を書き換える試験", en: "Writes to the card." }],
  [
    "destroys-card",
    {
      ja: "カードが元に戻らない試験。試験用カードでのみ行う",
      en: "The card is spent afterwards; done with test cards only.",
    },
  ],
];

export function footer(): Markup {
  return html`<footer>
<section><h2>${both({ ja: "この報告書について", en: "About this report" })}</h2>
<p>${both({
    ja: "この報告書は、試験の実行中に書き出された記録(journal.ndjson)だけから jpki-bench が作成しました。PIN・照合番号・個人番号・4情報は記録の時点で伏せてあり、記号(‹PIN› など)で示します。時刻は日本標準時です。",
    en: "jpki-bench made this report from nothing but the journal that was written while the scenarios ran (journal.ndjson). PINs, codes A and B, the Individual Number and the four attributes were masked when they were recorded and are shown as marks such as ‹PIN›. Times are Japan Standard Time.",
  })}</p>
<dl class="legend">${EXPLAINED.map(([effect, text]) => pair(EFFECTS[effect], both(text)))}</dl></section>
<div class="signatures"><div>${both({ ja: "試験実施者", en: "Tested by" })}</div><div>${both({ ja: "確認者", en: "Confirmed by" })}</div></div>
</footer>
`;
}

/** The head of the report: what was run, when, with what, and what it came to. */
import type { Bilingual } from "../../journal/events.ts";
import type { RunFacts, RunSummary } from "../../journal/summary.ts";
import { duration, japanPeriod } from "../../text/format.ts";
import type { Language } from "../../text/language.ts";
import { remarks } from "../../text/remarks.ts";
import { CONCLUSIONS, OUTCOME_ORDER, OUTCOMES, WORDS } from "../../text/words.ts";
import { html, type Markup } from "./markup.ts";
import { languageChoice } from "./page.ts";
import { both, pair } from "./parts.ts";

export const TITLE: Bilingual = { ja: "接続試験 結果報告書", en: "Connection Test Report" };

export function header(summary: RunSummary, lang: Language): Markup {
  const { conclusion } = summary;
  return html`<header>
${languageChoice(lang)}
<div class="heading"><div><p class="subject">${both({
    ja: "個人番号カード・公的個人認証サービス",
    en: "Individual Number Card and JPKI",
  })}</p>
<h1>${both(TITLE)}</h1></div>
<p class="conclusion ${conclusion}"><span class="unseen">${both(WORDS.verdict)}: </span>${both(CONCLUSIONS[conclusion])}</p></div>
${summary.runs.map(runFacts)}
${totals(summary)}
${remarkList(summary)}
</header>
`;
}

function runFacts(run: RunFacts): Markup {
  const environment = Object.entries(run.environment).map(
    ([name, value]) => html`<li><span>${name}</span> ${value}</li>`,
  );
  return html`<dl class="facts">
${pair({ ja: "実施日時", en: "Date" }, both(period(run)))}
${pair(WORDS.time, duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)))}
${pair(WORDS.project, run.project ?? "—")}
${pair(WORDS.seed, html`<code>${run.seed ?? "—"}</code>`)}
${pair({ ja: "計画件数", en: "Planned" }, both({ ja: `${run.planned}件`, en: `${run.planned}` }))}
${pair({ ja: "分割実行", en: "Shards" }, shards(run))}
${pair(WORDS.run, html`<code>${run.run}</code>`, "wide")}
${environment.length > 0 ? pair({ ja: "実行環境", en: "Environment" }, html`<ul class="plain">${environment}</ul>`, "wide") : undefined}
</dl>
`;
}

function period({ startedAt, endedAt }: RunFacts): Bilingual {
  return {
    ja: japanPeriod(startedAt, endedAt, "ja"),
    en: japanPeriod(startedAt, endedAt, "en"),
  };
}

function shards({ shards: present, missingShards }: RunFacts): Markup {
  const count = present.length + missingShards.length;
  if (count <= 1) return both({ ja: "なし", en: "None" });
  return both({
    ja: `${count}分割のうち ${present.join(", ")} 番`,
    en: `${present.join(", ")} of ${count}`,
  });
}

function totals({ counts, notRun }: RunSummary): Markup {
  const figures = OUTCOME_ORDER.map((outcome) =>
    pair(
      OUTCOMES[outcome],
      counts[outcome],
      `${outcome} ${counts[outcome] === 0 && outcome !== "passed" ? "none" : ""}`,
    ),
  );
  return html`<dl class="totals">${pair(WORDS.total, counts.total)}${figures}${
    notRun > 0 ? pair(WORDS.notRun, notRun, "interrupted") : undefined
  }</dl>
`;
}

function remarkList(summary: RunSummary): Markup | undefined {
  const found = remarks(summary);
  if (found.length === 0) return undefined;
  const heading = both({ ja: "この結果を読むときの注意", en: "Before relying on these figures" });
  return html`<section class="remarks"><h2>${heading}</h2><ul>${found.map(
    (remark) => html`<li>${both(remark)}</li>`,
  )}</ul></section>
`;
}

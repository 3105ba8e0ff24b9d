/** The two short tables a reader looks at first: by system, and what did not pass. */
import { brokenStep, isBroken } from "../../journal/findings.ts";
import type { Counts, RunSummary, ScenarioSummary, SystemSummary } from "../../journal/summary.ts";
import { duration } from "../../text/format.ts";
import { systemName } from "../../text/systems.ts";
import { OUTCOME_ORDER, OUTCOMES, WORDS } from "../../text/words.ts";
import { html, type Markup } from "./markup.ts";
import { both, chip, section } from "./parts.ts";

export function systemSection(summary: RunSummary): Markup {
  const heads = OUTCOME_ORDER.map(
    (outcome) =>
      html`<th scope="col" class="figure"><span class="spelled">${both(OUTCOMES[outcome])}</span><span class="short" aria-hidden="true">${OUTCOMES[outcome].mark}</span></th>`,
  );
  const largest = Math.max(1, ...summary.systems.map(({ counts }) => counts.total));
  const time = summary.systems.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const table = html`<table class="systems"><thead><tr><th scope="col">${both(WORDS.system)}</th><td class="bar"></td>${heads}
<th scope="col" class="figure">${both(WORDS.total)}</th><th scope="col" class="figure time">${both(WORDS.time)}</th></tr></thead>
<tbody>${summary.systems.map((system) => systemRow(system, largest))}</tbody>
<tfoot><tr><th scope="row">${both(WORDS.total)}</th><td class="bar"></td>${figures(summary.counts)}<td class="figure time">${duration(time)}</td></tr></tfoot></table>
`;
  return section("by-system", { ja: "システム別の集計", en: "Results by system" }, table);
}

function systemRow({ system, counts, milliseconds }: SystemSummary, largest: number): Markup {
  return html`<tr><th scope="row">${both(systemName(system))}</th><td class="bar">${bar(counts, largest)}</td>${figures(counts)}
<td class="figure time">${duration(milliseconds)}</td></tr>
`;
}

function figures(counts: Counts): Markup[] {
  const cells = OUTCOME_ORDER.map((outcome) => {
    const kind = counts[outcome] === 0 ? "none" : outcome;
    return html`<td class="figure ${kind}">${counts[outcome]}</td>`;
  });
  return [...cells, html`<td class="figure">${counts.total}</td>`];
}

/** As long as its part of the largest system; the figures beside it say the same. */
function bar(counts: Counts, largest: number): Markup {
  let x = 0;
  const shares = OUTCOME_ORDER.map((outcome) => {
    const width = counts[outcome];
    const share = html`<rect class="${outcome}" x="${x}" y="0" width="${width}" height="1"/>`;
    x += width;
    return width === 0 ? undefined : share;
  });
  return html`<svg viewBox="0 0 ${largest} 1" preserveAspectRatio="none" aria-hidden="true">${shares}</svg>`;
}

export function brokenSection(
  summary: RunSummary,
  anchors: ReadonlyMap<ScenarioSummary, string>,
): Markup | undefined {
  const broken = summary.scenarios.filter(isBroken);
  if (broken.length === 0) return undefined;
  const items = broken.map((scenario) => brokenItem(scenario, anchors.get(scenario) ?? ""));
  const heading = { ja: "不合格・中断の一覧", en: "Failed and interrupted" };
  return section("broken", heading, html`<ul class="broken">${items}</ul>`);
}

function brokenItem({ scenario, title, outcome, last }: ScenarioSummary, anchor: string): Markup {
  const step = brokenStep(last);
  const code = last.failure?.code;
  return html`<li>${chip(outcome)} <a href="#${anchor}"><span class="id">${scenario}</span> ${both(title)}</a>
<div class="where">${step && both(step.title)} ${code === undefined ? undefined : html`<code>${code}</code>`}</div></li>
`;
}

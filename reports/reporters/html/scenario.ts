/** One scenario: a line that says how it went, and everything it rests on underneath. */
import type { Bilingual } from "../../journal/events.ts";
import { isBroken } from "../../journal/findings.ts";
import type { AttemptSummary, ScenarioSummary } from "../../journal/summary.ts";
import { failureFacts } from "../../text/failure-facts.ts";
import { duration, japanTime } from "../../text/format.ts";
import { EFFECTS, WORDS } from "../../text/words.ts";
import { html, type Markup } from "./markup.ts";
import { both, chip, pair } from "./parts.ts";
import { evidenceTable, stepList } from "./steps.ts";
import { APDU_TRACE, apduTable, HTTP_TRACE, httpTable, numbered } from "./trace.ts";

export interface BlockOptions {
  /** Id of the element, unique in the page. */
  readonly anchor: string;
  /** Whether the report is about several runs, so that each scenario must say which is its own. */
  readonly namesRun: boolean;
}

export function scenarioBlock(scenario: ScenarioSummary, options: BlockOptions): Markup {
  const { outcome, last, effect } = scenario;
  const time = last.milliseconds === undefined ? "" : duration(last.milliseconds);
  return html`<details class="scenario" id="${options.anchor}" data-outcome="${outcome}"${openIfBroken(last)}>
<summary>${chip(outcome)}<span class="id">${scenario.scenario}</span><h4>${both(scenario.title)}${remark(scenario)}</h4>
<span class="effect">${effect && both(EFFECTS[effect])}</span><span class="time">${time}</span></summary>
<div class="body">${about(scenario, options)}${attemptBody(last)}${scenario.earlier.map(earlierAttempt)}</div>
</details>
`;
}

/** What a reader must see beside the title, even where nothing is unfolded. */
function remark({ flaky, last }: ScenarioSummary): Markup | undefined {
  if (flaky) return html` <small class="flaky">${both(WORDS.flaky)}</small>`;
  return last.reason && html` <small class="why">${both(last.reason)}</small>`;
}

function about(
  { source, version, effect, last, run }: ScenarioSummary,
  { namesRun }: BlockOptions,
): Markup {
  const started = { ja: japanTime(last.startedAt, "ja"), en: japanTime(last.startedAt, "en") };
  return html`<dl class="about">
${source === undefined ? undefined : pair(WORDS.source, source, "wide")}
${effect && pair(WORDS.effect, both(EFFECTS[effect]))}
${pair(WORDS.started, both(started))}
${version === undefined ? undefined : pair({ ja: "試験の版", en: "Scenario version" }, version)}
${namesRun ? pair(WORDS.run, html`<code>${run}</code>`) : undefined}
</dl>`;
}

function attemptBody(attempt: AttemptSummary): Markup {
  const { apdus, https } = numbered(attempt.exchanges);
  const open = openIfBroken(attempt);
  return html`${failureBlock(attempt)}
${part(WORDS.steps, stepList(attempt.steps))}
${part(WORDS.evidence, evidenceTable(attempt.evidence))}
${apdus.length > 0 ? folded(APDU_TRACE, apdus.length, open, apduTable(apdus)) : undefined}
${https.length > 0 ? folded(HTTP_TRACE, https.length, open, httpTable(https)) : undefined}`;
}

function failureBlock(attempt: AttemptSummary): Markup | undefined {
  if (!isBroken(attempt)) return undefined;
  const facts = failureFacts(attempt);
  if (facts.length === 0) return undefined;
  const heading = attempt.outcome === "failed" ? WORDS.failure : WORDS.cutShort;
  return html`<section class="failure ${attempt.outcome}"><h5>${both(heading)}</h5><dl>${facts.map(
    ({ label, value }) => pair(label, html`<pre>${both(value)}</pre>`),
  )}</dl></section>`;
}

function part(heading: Bilingual, content: Markup | undefined) {
  return content && html`<section><h5>${both(heading)}</h5>${content}</section>`;
}

/** What went wrong is seen without a click. */
function openIfBroken(attempt: AttemptSummary): Markup | undefined {
  return isBroken(attempt) ? html` open` : undefined;
}

function folded(heading: Bilingual, count: number, open: Markup | undefined, content: Markup) {
  const amount = both({ ja: `${count}件`, en: `${count}` });
  return html`<details class="part"${open}><summary><h5>${both(heading)}</h5> <span class="count">${amount}</span></summary>${content}</details>
`;
}

function earlierAttempt(attempt: AttemptSummary): Markup {
  const title = both({ ja: `${attempt.attempt}回目の試行`, en: `Attempt ${attempt.attempt}` });
  return html`<details class="part attempt"><summary><h5>${title}</h5> ${chip(attempt.outcome)}</summary>${attemptBody(attempt)}</details>
`;
}

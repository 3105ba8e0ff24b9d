/** The steps of an attempt as nested lists, and the facts noted on the way. */
import type { EvidenceNoted } from "../../journal/events.ts";
import type { StepSummary } from "../../journal/summary.ts";
import { duration } from "../../text/format.ts";
import { WORDS } from "../../text/words.ts";
import { html, type Markup } from "./markup.ts";
import { both, mark, row, table } from "./parts.ts";

export function stepList(steps: readonly StepSummary[]): Markup | undefined {
  if (steps.length === 0) return undefined;
  return html`<ol class="steps">${steps.map(item)}</ol>`;
}

function item(step: StepSummary): Markup {
  const time = step.milliseconds === undefined ? "" : duration(step.milliseconds);
  return html`<li class="${step.outcome}"><div class="step">${mark(step.outcome)}<span class="number">${step.step}.</span>
<span class="what">${both(step.title)}</span><span class="time">${time}</span></div>${stepList(step.steps)}</li>
`;
}

export function evidenceTable(evidence: readonly EvidenceNoted[]): Markup | undefined {
  if (evidence.length === 0) return undefined;
  const rows = evidence.map(({ label, value, step }) =>
    row([
      { kind: "what", content: both(label) },
      { kind: "value", content: value },
      { kind: "number", content: step },
    ]),
  );
  const heads = [{ ja: "項目", en: "Item" }, { ja: "値", en: "Value" }, WORDS.step];
  return table("evidence", WORDS.evidence, heads, rows);
}

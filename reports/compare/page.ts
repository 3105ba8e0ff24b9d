/**
 * A comparison as one HTML page that needs nothing else, in the looks of the report. It has no
 * script at all.
 */
import { html, type Markup } from "../reporters/html/markup.ts";
import { languageChoice, pageHead } from "../reporters/html/page.ts";
import { both, chip, pair, section } from "../reporters/html/parts.ts";
import { STYLE } from "../reporters/html/style.ts";
import { japanTime } from "../text/format.ts";
import { type Language, speaker } from "../text/language.ts";
import { systemName } from "../text/systems.ts";
import { WORDS } from "../text/words.ts";
import { type Comparison, differs, type ScenarioRow } from "./comparison.ts";
import { latencyPlot } from "./plot.ts";
import { COMPARISON_STYLE } from "./style.ts";
import { COMPARE, latencyText, partingText } from "./words.ts";

const LOOKS = STYLE + COMPARISON_STYLE;

/** The page in pieces, for a file. */
export function* comparisonPage(comparison: Comparison, lang: Language): Generator<string> {
  yield pageHead({ lang, title: speaker(lang)(COMPARE.title), style: LOOKS }).text;
  yield header(comparison, lang).text;
  yield "<main>\n";
  yield differences(comparison)?.text ?? "";
  yield latencies(comparison)?.text ?? "";
  yield verdicts(comparison).text;
  yield notRun(comparison)?.text ?? "";
  yield "</main>\n</body>\n</html>\n";
}

function header({ columns, differing }: Comparison, lang: Language): Markup {
  const runs = columns.map(({ label, summary: { runs } }) => {
    const [run] = runs;
    if (run === undefined) return undefined;
    const started = { ja: japanTime(run.startedAt, "ja"), en: japanTime(run.startedAt, "en") };
    const reader = run.environment.reader;
    const about = html`${both(started)} · ${run.project ?? ""}${reader === undefined ? undefined : ` (${reader})`}`;
    return pair({ ja: label, en: label }, about, "wide");
  });
  return html`<header>
${languageChoice(lang)}
<div class="heading"><h1>${both(COMPARE.title)}</h1></div>
<dl class="facts">${runs}</dl>
<p class="agree ${differing === 0 ? "passed" : "failed"}">${both(differing === 0 ? COMPARE.agree : COMPARE.differ(differing))}</p>
</header>
`;
}

function differences(comparison: Comparison): Markup | undefined {
  const rows = comparison.scenarios.filter(differs);
  if (rows.length === 0) return undefined;
  const items = rows.map((row) => {
    const lines = comparison.columns.map(({ label }, i) => {
      const cell = row.cells[i];
      if (cell === undefined || cell.outcome === "skipped") return undefined;
      const answer = row.parting && both(partingText(row.parting, i));
      return pair({ ja: label, en: label }, html`${chip(cell.outcome)} ${cell.failure} ${answer}`);
    });
    return html`<li><span class="id">${row.scenario}</span> ${both(row.title)}<dl>${lines}</dl></li>
`;
  });
  return section(
    "differences",
    COMPARE.differences,
    html`<ul class="differences plain">${items}</ul>`,
  );
}

function latencies(comparison: Comparison): Markup | undefined {
  const plot = latencyPlot(comparison);
  if (plot === undefined) return undefined;
  const rows = comparison.commands.map(
    ({
      command,
      latencies: found,
    }) => html`<tr><th scope="row"><code>${command}</code></th>${found.map(
      (latency) =>
        html`<td class="figure">${latency === undefined ? "" : html`${latencyText(latency)} <small>(${latency.count})</small>`}</td>`,
    )}</tr>
`,
  );
  const heads = comparison.columns.map(
    ({ label }) => html`<th scope="col" class="figure">${label}</th>`,
  );
  const note = both({
    ja: "中央値 / 95パーセンタイル(回数)",
    en: "Median / 95th percentile (exchanges)",
  });
  return section(
    "latencies",
    COMPARE.latency,
    html`<p class="note">${both(COMPARE.latencyNote)}</p>${plot}
<table class="matrix numbers"><caption class="note">${note}</caption><thead><tr><th scope="col">${both(COMPARE.command)}</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}

function verdicts({ columns, scenarios }: Comparison): Markup {
  const heads = columns.map(({ label }) => html`<th scope="col" class="cell">${label}</th>`);
  return section(
    "verdicts",
    COMPARE.verdicts,
    html`<table class="matrix"><thead><tr><th scope="col">${both(WORDS.scenario)}</th>${heads}</tr></thead>
<tbody>${scenarios.map(verdictRow)}</tbody></table>`,
  );
}

function verdictRow(row: ScenarioRow): Markup {
  const cells = row.cells.map(
    (cell) => html`<td class="cell">${cell === undefined ? "" : chip(cell.outcome)}</td>`,
  );
  return html`<tr class="${differs(row) ? "differs" : ""}"><th scope="row"><span class="id">${row.scenario}</span> ${both(row.title)}</th>${cells}</tr>
`;
}

/** What a reader cannot express is part of what it is. */
function notRun({ columns, scenarios }: Comparison): Markup | undefined {
  const items = columns.flatMap(({ label }, i) =>
    scenarios.flatMap((row) => {
      const cell = row.cells[i];
      if (cell?.reason === undefined) return [];
      return html`<tr><td>${label}</td><th scope="row"><span class="id">${row.scenario}</span> ${both(systemName(row.system))}</th><td>${both(cell.reason)}</td></tr>
`;
    }),
  );
  if (items.length === 0) return undefined;
  return section(
    "not-run",
    COMPARE.notExpressible,
    html`<table class="matrix"><tbody>${items}</tbody></table>`,
  );
}

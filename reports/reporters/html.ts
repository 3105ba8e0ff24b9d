/**
 * The report a vendor hands in: one HTML page that needs nothing else, neither a network nor a
 * script.
 */
import type { RunSummary, ScenarioSummary, SystemSummary } from "../journal/summary.ts";
import { type Language, speaker } from "../text/language.ts";
import { systemName } from "../text/systems.ts";
import { filters } from "./html/filters.ts";
import { footer } from "./html/footer.ts";
import { header, TITLE } from "./html/header.ts";
import { type Markup, html as markup } from "./html/markup.ts";
import { brokenSection, systemSection } from "./html/overview.ts";
import { pageHead } from "./html/page.ts";
import { both } from "./html/parts.ts";
import { scenarioBlock } from "./html/scenario.ts";
import { SCRIPT } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import type { Reporter } from "./reporter.ts";

export const html: Reporter = {
  file: "report.html",
  *render(summary, { lang }) {
    const anchors = anchorsOf(summary.scenarios);
    yield head(summary, lang).text;
    yield header(summary, lang).text;
    yield "<main>\n";
    yield systemSection(summary).text;
    yield brokenSection(summary, anchors)?.text ?? "";
    yield* scenarioSection(summary, anchors);
    yield "</main>\n";
    yield footer().text;
    yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`;
  },
};

function head({ runs }: RunSummary, lang: Language): Markup {
  const title = [speaker(lang)(TITLE), runs[0]?.project].filter(Boolean).join(" – ");
  const skip = both({ ja: "試験結果へ", en: "Skip to the results" });
  return markup`${pageHead({ lang, title, style: STYLE, script: SCRIPT })}<a class="skip" href="#results">${skip}</a>
`;
}

function* scenarioSection(
  summary: RunSummary,
  anchors: ReadonlyMap<ScenarioSummary, string>,
): Generator<string> {
  const heading = both({ ja: "試験ごとの結果", en: "Results by scenario" });
  yield markup`<section class="numbered" aria-labelledby="results"><h2 id="results">${heading}</h2>
${filters(summary)}`.text;
  const namesRun = summary.runs.length > 1;
  for (const system of summary.systems) {
    yield systemHead(system).text;
    for (const scenario of system.scenarios) {
      yield scenarioBlock(scenario, { anchor: anchors.get(scenario) ?? "", namesRun }).text;
    }
    yield "</section>\n";
  }
  yield "</section>\n";
}

function systemHead({ system, counts }: SystemSummary): Markup {
  const amount = both({ ja: `${counts.total}件`, en: `${counts.total}` });
  return markup`<section class="system" data-system="${system}"><h3>${both(systemName(system))} <small>${amount}</small></h3>
`;
}

/** An id a page can be linked to by (`#s-CR-01`), whatever the scenario is called, and only once. */
function anchorsOf(scenarios: readonly ScenarioSummary[]): Map<ScenarioSummary, string> {
  const taken = new Set<string>();
  return new Map(
    scenarios.map((scenario, i) => {
      const plain = `s-${scenario.scenario}`;
      const usable = /^[\w.-]+$/.test(plain) && !taken.has(plain);
      const anchor = usable ? plain : `scenario-${i + 1}`;
      taken.add(anchor);
      return [scenario, anchor];
    }),
  );
}

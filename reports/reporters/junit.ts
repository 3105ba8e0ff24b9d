/**
 * JUnit XML as Jenkins and GitLab read it. The elements and attributes are those of junit-10.xsd of
 * the Jenkins xUnit plugin, which is the strictest reader: it allows no properties within a test
 * case, so evidence stands among the properties of the suite under the id of its scenario. GitLab
 * shows the text within `failure`, `error` and `skipped`, and not their `message`.
 */
import type { RunSummary, ScenarioSummary, SystemSummary } from "../journal/summary.ts";
import { exchangeLine } from "../text/exchange-line.ts";
import { failureFacts } from "../text/failure-facts.ts";
import { type Language, speaker } from "../text/language.ts";
import { OUTCOMES, WORDS } from "../text/words.ts";
import type { Reporter } from "./reporter.ts";
import { type Attributes, attributes, element, text } from "./xml.ts";

export const junit: Reporter = {
  file: "junit.xml",
  *render(summary, { lang }) {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n';
    yield `<testsuites${attributes(totals(summary))}>\n`;
    for (const system of summary.systems) yield* suite(system, summary, lang);
    yield "</testsuites>\n";
  },
};

function totals({ counts, systems }: RunSummary): Attributes {
  return {
    name: "jpki-bench",
    tests: counts.total,
    failures: counts.failed,
    errors: counts.interrupted,
    time: seconds(systems.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

function* suite(system: SystemSummary, summary: RunSummary, lang: Language): Generator<string> {
  const { counts, milliseconds, scenarios } = system;
  const [run] = summary.runs;
  const attributesOfSuite: Attributes = {
    name: system.system,
    tests: counts.total,
    failures: counts.failed,
    errors: counts.interrupted,
    skipped: counts.skipped,
    time: seconds(milliseconds),
    timestamp: run?.startedAt.replace(/\.\d+Z$/, ""),
  };
  yield `  <testsuite${attributes(attributesOfSuite)}>\n    <properties>\n`;
  for (const property of properties(system, summary, lang)) yield `      ${property}\n`;
  yield "    </properties>\n";
  for (const scenario of scenarios) yield `    ${testCase(scenario, lang)}\n`;
  yield "  </testsuite>\n";
}

function* properties(system: SystemSummary, summary: RunSummary, lang: Language) {
  const say = speaker(lang);
  const property = (name: string, value: string | undefined) =>
    value === undefined ? [] : [element("property", { name, value })];
  for (const { run, project, seed, environment } of summary.runs) {
    yield* property("run", run);
    yield* property("project", project);
    yield* property("seed", seed);
    for (const [name, value] of Object.entries(environment)) yield* property(name, value);
  }
  for (const { scenario, source, effect, last } of system.scenarios) {
    yield* property(`${scenario} source`, source);
    yield* property(`${scenario} effect`, effect);
    for (const { label, value } of last.evidence) {
      yield* property(`${scenario} evidence: ${say(label)}`, value);
    }
  }
}

function testCase(scenario: ScenarioSummary, lang: Language): string {
  const attributesOfCase: Attributes = {
    name: `${scenario.scenario} ${speaker(lang)(scenario.title)}`,
    classname: scenario.system,
    time: seconds(scenario.last.milliseconds ?? 0),
  };
  return element("testcase", attributesOfCase, ...verdict(scenario, lang), ...log(scenario, lang));
}

function verdict(scenario: ScenarioSummary, lang: Language): string[] {
  const say = speaker(lang);
  const { failure, reason } = scenario.last;
  const facts = failureFacts(scenario.last)
    .map(({ label, value }) => `${say(label)}: ${say(value)}`)
    .join("\n");
  switch (scenario.outcome) {
    case "passed":
      return [];
    case "skipped": {
      const why = say(reason ?? WORDS.noMessage);
      return [element("skipped", { message: why }, text(why))];
    }
    case "failed": {
      const message = failure?.message ?? say(WORDS.noMessage);
      const type = failure?.code ?? "failure";
      return [element("failure", { message, type }, text(facts || message))];
    }
    case "interrupted": {
      const message = say(OUTCOMES.interrupted);
      return [element("error", { message, type: "interrupted" }, text(facts || message))];
    }
  }
}

/** What was said to card and platform, for the scenarios somebody will want to look into. */
function log({ last, outcome }: ScenarioSummary, lang: Language): string[] {
  if (outcome === "passed" || last.exchanges.length === 0) return [];
  const lines = last.exchanges.map((exchange) => exchangeLine(exchange)[lang]);
  return [element("system-out", {}, text(lines.join("\n")))];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

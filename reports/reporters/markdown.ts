/** A short summary in GitHub Flavored Markdown, made for the job page of a CI service. */
import { brokenStep, isBroken } from "../journal/findings.ts";
import type { Counts, RunFacts, RunSummary, ScenarioSummary } from "../journal/summary.ts";
import { duration, japanTime } from "../text/format.ts";
import { type Language, speaker } from "../text/language.ts";
import { remarks } from "../text/remarks.ts";
import { systemName } from "../text/systems.ts";
import { visibleLine } from "../text/visible.ts";
import { CONCLUSIONS, OUTCOME_ORDER, OUTCOMES, WORDS } from "../text/words.ts";
import type { Reporter } from "./reporter.ts";

export const markdown: Reporter = {
  file: "summary.md",
  *render(summary, { lang }) {
    const say = speaker(lang);
    const title = say({ ja: "接続試験結果", en: "Connection test result" });
    yield `## ${title}: ${say(CONCLUSIONS[summary.conclusion])}\n\n`;
    for (const run of summary.runs) yield `${runLine(run, lang)}\n\n`;
    for (const remark of remarks(summary)) yield `- ${literal(say(remark))}\n`;
    yield "\n";
    yield* systemTable(summary, lang);
    yield* failureTable(summary, lang);
  },
};

function runLine({ project, seed, startedAt }: RunFacts, lang: Language): string {
  const say = speaker(lang);
  const facts: [string, string | undefined][] = [
    [say(WORDS.project), project],
    [say(WORDS.seed), seed],
    [say(WORDS.started), japanTime(startedAt, lang)],
  ];
  return facts
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}: **${literal(value)}**`))
    .join(" · ");
}

function* systemTable({ systems, counts }: RunSummary, lang: Language): Generator<string> {
  const say = speaker(lang);
  const heads = [WORDS.system, ...OUTCOME_ORDER.map((outcome) => OUTCOMES[outcome])].map(say);
  yield row([...heads, say(WORDS.total), say(WORDS.time)]);
  yield row([":--", ...Array.from({ length: OUTCOME_ORDER.length + 2 }, () => "--:")]);
  for (const { system, counts: own, milliseconds } of systems) {
    yield row([literal(say(systemName(system))), ...figures(own), duration(milliseconds)]);
  }
  const time = systems.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  yield row([say(WORDS.total), ...figures(counts), duration(time)].map((cell) => `**${cell}**`));
}

function* failureTable({ scenarios }: RunSummary, lang: Language): Generator<string> {
  const say = speaker(lang);
  const broken = scenarios.filter(isBroken);
  if (broken.length === 0) return;
  yield `\n### ${say({ ja: "不合格・中断", en: "Failed and interrupted" })}\n\n`;
  yield row([WORDS.scenario, WORDS.verdict, WORDS.step, WORDS.code, WORDS.message].map(say));
  yield row(Array.from({ length: 5 }, () => ":--"));
  for (const scenario of broken) yield row(failureCells(scenario, lang));
}

function failureCells({ scenario, title, outcome, last }: ScenarioSummary, lang: Language) {
  const say = speaker(lang);
  const step = brokenStep(last);
  return [
    `${literal(scenario)} ${literal(say(title))}`,
    say(OUTCOMES[outcome]),
    step === undefined ? "" : literal(say(step.title)),
    literal(last.failure?.code ?? ""),
    literal(shortened(last.failure?.message ?? "")),
  ];
}

function figures(counts: Counts): string[] {
  return [...OUTCOME_ORDER.map((outcome) => counts[outcome]), counts.total].map(String);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

const LONGEST_MESSAGE = 200;

function shortened(message: string): string {
  const characters = [...message];
  if (characters.length <= LONGEST_MESSAGE) return message;
  return `${characters.slice(0, LONGEST_MESSAGE).join("")}…`;
}

/** So that `value` stands there as it is and starts neither markup nor a cell nor a link. */
function literal(value: string): string {
  return visibleLine(value).replace(/[&<>\\`*_{}[\]|~#!:@]/g, (character) =>
    "&<>".includes(character) ? `&#${character.charCodeAt(0)};` : `\\${character}`,
  );
}

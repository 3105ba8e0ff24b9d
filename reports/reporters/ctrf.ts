/**
 * Common Test Report Format, ctrf.io: the JSON schema of specification 1.0.0, without the keys later
 * drafts add. What the format has no place for stands under `extra`, in a namespace of ours.
 */
import type {
  AttemptSummary,
  Outcome,
  RunSummary,
  ScenarioSummary,
  StepSummary,
} from "../journal/summary.ts";
import { failureFacts } from "../text/failure-facts.ts";
import { type Language, speaker } from "../text/language.ts";
import type { Reporter } from "./reporter.ts";

export const ctrf: Reporter = {
  file: "ctrf.json",
  *render(summary, { lang }) {
    yield `${JSON.stringify(document(summary, lang), null, 2)}\n`;
  },
};

const NAMESPACE = "jpki-bench";

const STATUSES: Readonly<Record<Outcome, "passed" | "failed" | "skipped" | "other">> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  interrupted: "other",
};

function document(summary: RunSummary, lang: Language) {
  return {
    reportFormat: "CTRF",
    specVersion: "1.0.0",
    generatedBy: NAMESPACE,
    results: {
      tool: { name: NAMESPACE, version: summary.runs[0]?.environment[NAMESPACE] },
      summary: totals(summary),
      tests: summary.scenarios.map((scenario) => test(scenario, lang)),
      extra: { [NAMESPACE]: { conclusion: summary.conclusion, runs: summary.runs } },
    },
  };
}

function totals({ counts, flaky, notRun, runs, systems }: RunSummary) {
  const starts = runs.map((run) => Date.parse(run.startedAt));
  const ends = runs.map((run) => Date.parse(run.endedAt));
  return {
    tests: counts.total,
    passed: counts.passed,
    failed: counts.failed,
    skipped: counts.skipped,
    pending: 0,
    other: counts.interrupted,
    flaky,
    suites: systems.length,
    start: starts.length === 0 ? 0 : Math.min(...starts),
    stop: ends.length === 0 ? 0 : Math.max(...ends),
    extra: { [NAMESPACE]: { notRun } },
  };
}

function test(scenario: ScenarioSummary, lang: Language) {
  const say = speaker(lang);
  const { last, earlier, outcome } = scenario;
  const start = Date.parse(last.startedAt);
  return {
    name: `${scenario.scenario} ${say(scenario.title)}`,
    status: STATUSES[outcome],
    rawStatus: outcome,
    duration: Math.round(last.milliseconds ?? 0),
    start,
    stop: start + Math.round(last.milliseconds ?? 0),
    suite: [scenario.system],
    tags: scenario.effect === undefined ? [] : [scenario.effect],
    ...problem(last, lang),
    ...place(last),
    threadId: last.workers.join(", "),
    retries: earlier.length,
    flaky: scenario.flaky,
    retryAttempts: earlier.map((attempt) => retry(attempt)),
    steps: last.steps.flatMap((step) => stepsOf(step, lang)),
    extra: {
      [NAMESPACE]: {
        id: scenario.scenario,
        run: scenario.run,
        source: scenario.source,
        version: scenario.version,
        evidence: last.evidence.map(({ label, value }) => ({ name: say(label), value })),
      },
    },
  };
}

function problem(attempt: AttemptSummary, lang: Language) {
  const say = speaker(lang);
  const { failure, reason, outcome } = attempt;
  if (reason !== undefined) return { message: say(reason) };
  if (outcome === "passed") return {};
  const lines = failureFacts(attempt).map(({ label, value }) => `${say(label)}: ${say(value)}`);
  return { message: failure?.message ?? outcome, trace: lines.join("\n") };
}

function place({ failure }: AttemptSummary) {
  const [, filePath, line] = /^(.*):(\d+)$/.exec(failure?.location ?? "") ?? [];
  return filePath === undefined ? {} : { filePath, line: Number(line) };
}

function retry({ attempt, outcome, milliseconds, failure, startedAt }: AttemptSummary) {
  return {
    attempt,
    status: STATUSES[outcome],
    start: Date.parse(startedAt),
    duration: Math.round(milliseconds ?? 0),
    message: failure?.message,
  };
}

/** The format's steps are a flat list: a step comes before those within it. */
function stepsOf(step: StepSummary, lang: Language): { name: string; status: string }[] {
  const own = { name: speaker(lang)(step.title), status: STATUSES[step.outcome] };
  return [own, ...step.steps.flatMap((inner) => stepsOf(inner, lang))];
}

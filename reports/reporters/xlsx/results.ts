/** The sheet of results: one row a scenario, and at its end the columns that people fill in. */
import type { Bilingual } from "../../journal/events.ts";
import type { AttemptSummary, RunSummary, ScenarioSummary } from "../../journal/summary.ts";
import { failureFacts } from "../../text/failure-facts.ts";
import { type Language, speaker } from "../../text/language.ts";
import { systemName } from "../../text/systems.ts";
import { EFFECTS, OUTCOMES, WORDS } from "../../text/words.ts";
import { moment, number, seconds, text } from "./cells.ts";
import { BODY, COUNT, TIME, verdictLook } from "./look.ts";
import type { Column, Table } from "./table.ts";
import { triesSpent } from "./tries.ts";

export function resultTable(summary: RunSummary, lang: Language): Table<ScenarioSummary> {
  return {
    name: { ja: "結果一覧", en: "Results" },
    columns: [
      ...scenarioColumns(lang),
      ...verdictColumns(lang),
      evidenceColumn(summary.runs.length > 1, lang),
      ...BY_HAND,
    ],
    rows: summary.scenarios,
    sticky: 2,
  };
}

function scenarioColumns(lang: Language): Column<ScenarioSummary>[] {
  const say = speaker(lang);
  return [
    { head: { ja: "番号", en: "No." }, width: 7, cell: (_, row) => number(row, "0", COUNT) },
    { head: { ja: "ID", en: "ID" }, width: 9, cell: ({ scenario }) => text(scenario, BODY) },
    {
      head: { ja: "版", en: "Version" },
      width: 6,
      cell: ({ version }) => (version === undefined ? undefined : number(version, "0", COUNT)),
    },
    {
      head: WORDS.system,
      width: 17,
      cell: ({ system }) => text(say(systemName(system)), BODY),
    },
    {
      head: { ja: "試験項目", en: "Scenario" },
      width: 38,
      cell: ({ title }) => text(say(title), BODY),
    },
    {
      head: { ja: "出典", en: "Source" },
      width: 25,
      cell: ({ source }) => (source === undefined ? undefined : text(source, BODY)),
    },
    {
      head: { ja: "影響区分", en: "Effect on the card" },
      width: 13,
      cell: ({ effect }) => (effect === undefined ? undefined : text(say(EFFECTS[effect]), BODY)),
    },
  ];
}

function verdictColumns(lang: Language): Column<ScenarioSummary>[] {
  return [
    {
      head: { ja: "消費した試行回数", en: "Tries spent" },
      width: 11,
      cell: (scenario) => number(triesSpent(scenario), "0", COUNT),
    },
    {
      head: { ja: "結果", en: "Result" },
      width: 11,
      cell: ({ outcome }) => text(OUTCOMES[outcome][lang], verdictLook(outcome)),
    },
    {
      head: WORDS.attempt,
      width: 8,
      cell: (scenario) =>
        wasStarted(scenario) ? number(scenario.last.attempt, "0", COUNT) : undefined,
    },
    {
      head: { ja: "開始(日本時間)", en: "Started (JST)" },
      width: 19,
      cell: (scenario) =>
        wasStarted(scenario) ? moment(scenario.last.startedAt, lang, BODY) : undefined,
    },
    {
      head: { ja: "所要時間(秒)", en: "Time (s)" },
      width: 10,
      cell: (scenario) => {
        const { milliseconds } = scenario.last;
        if (milliseconds === undefined || !wasStarted(scenario)) return undefined;
        return seconds(milliseconds, TIME);
      },
    },
    {
      head: { ja: "不合格の段階と理由", en: "Where and why it did not pass" },
      width: 40,
      cell: (scenario) => {
        const why = reason(scenario, lang);
        return why === "" ? undefined : text(why, BODY);
      },
    },
  ];
}

function evidenceColumn(namesRun: boolean, lang: Language): Column<ScenarioSummary> {
  return {
    head: { ja: "証跡への参照(journal.ndjson)", en: "Evidence (in journal.ndjson)" },
    width: 29,
    cell: (scenario) => {
      const lines = [reference(scenario)[lang], ...(namesRun ? [scenario.run] : [])];
      return text(lines.join("\n"), BODY);
    },
  };
}

const BY_HAND: readonly Column<ScenarioSummary>[] = [
  { head: { ja: "確認者", en: "Confirmed by" }, width: 11, cell: () => undefined },
  { head: { ja: "確認日", en: "Confirmed on" }, width: 12, cell: () => undefined },
  { head: { ja: "備考", en: "Remarks" }, width: 20, cell: () => undefined },
];

/** A scenario that was only ever skipped has no beginning in the journal. */
function wasStarted({ version }: ScenarioSummary): boolean {
  return version !== undefined;
}

function reason({ outcome, last, earlier }: ScenarioSummary, lang: Language): string {
  const say = speaker(lang);
  switch (outcome) {
    case "passed":
      return earlier.map((attempt) => retried(attempt)[lang]).join("\n");
    case "skipped":
      return say(last.reason ?? WORDS.noMessage);
    case "failed":
    case "interrupted":
      return facts(last, lang) || say(WORDS.noMessage);
  }
}

function retried({ attempt, outcome, failure }: AttemptSummary): Bilingual {
  const why = failure?.code ?? failure?.message ?? "";
  return {
    ja: `${attempt}回目は${OUTCOMES[outcome].ja}、再試行で合格 ${why}`.trimEnd(),
    en: `Attempt ${attempt}: ${OUTCOMES[outcome].en}; passed on retry ${why}`.trimEnd(),
  };
}

function facts(attempt: AttemptSummary, lang: Language): string {
  const say = speaker(lang);
  return failureFacts(attempt)
    .map(({ label, value }) => `${say(label)}: ${say(value)}`)
    .join("\n");
}

function reference({ scenario, last }: ScenarioSummary): Bilingual {
  const { attempt, exchanges, evidence } = last;
  return {
    ja: `${scenario} ${attempt}回目\n通信${exchanges.length}件、確認した事実${evidence.length}件`,
    en: `${scenario} attempt ${attempt}\n${exchanges.length} exchanges, ${evidence.length} facts`,
  };
}

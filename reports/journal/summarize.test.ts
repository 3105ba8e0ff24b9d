import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyJournal } from "../testing/arbitraries.ts";
import { testFolder } from "../testing/folder.ts";
import { sampleRun } from "../testing/sample.ts";
import { journalText, stamped } from "../testing/stamped.ts";
import type { JournalEvent, Unstamped, Verdict } from "./events.ts";
import { readSummary, summarize } from "./summarize.ts";

const TITLE = { ja: "題", en: "Title" };

function started(planned = 1, shard?: { index: number; count: number }): Unstamped {
  const environment = { node: "v20" };
  const facts = { project: "simulated", seed: "42", environment, planned };
  return { type: "run-started", version: 1, ...facts, ...(shard && { shard }) };
}

function ended(scenario: string, verdict: Verdict, attempt = 1): Unstamped {
  const milliseconds = 10;
  return {
    type: "scenario-ended",
    scenario,
    attempt,
    verdict,
    milliseconds,
    title: TITLE,
    system: "card",
  };
}

function begun(scenario: string, attempt = 1): Unstamped {
  return {
    type: "scenario-started",
    scenario,
    attempt,
    title: TITLE,
    system: "card",
    source: "card-facts 1",
    effect: "read-only",
    scenarioVersion: 3,
  };
}

function step(number: number, parent?: number): Unstamped {
  const keys = { scenario: "CR-01", attempt: 1, step: number };
  return { type: "step-started", ...keys, title: TITLE, ...(parent && { parent }) };
}

const FINISHED: Unstamped = {
  type: "run-ended",
  passed: 0,
  failed: 0,
  skipped: 0,
  milliseconds: 1,
  interrupted: false,
};

/** Events one after the other, in a run that was started and ended. */
function run(...events: Unstamped[]): JournalEvent[] {
  const planned = new Set(events.map((event) => "scenario" in event && event.scenario)).size;
  return [started(planned), ...events, FINISHED].map((event, i) => stamped(i, event));
}

describe("a scenario", () => {
  it("has everything its attempt left behind", () => {
    const summary = summarize(sampleRun());

    const scenario = summary.scenarios.find(({ scenario }) => scenario === "JK-03");

    expect(scenario).toMatchObject({
      run: "run-1",
      title: { ja: "利用者証明用PINの誤りで残り回数が減る" },
      system: "jpki",
      source: "card-facts 4.4; JIS X 6320-4 7.5.6",
      effect: "spends-tries",
      version: 1,
      outcome: "failed",
      flaky: false,
      earlier: [],
      last: {
        attempt: 1,
        milliseconds: 38,
        workers: ["1"],
        failure: { code: "CARD_PIN_WRONG", expected: "63C2", actual: "63C1" },
        exchanges: [{ sw: "9000" }, { sw: "63C3" }, { sw: "63C1" }],
        evidence: [{ value: "1", step: 2 }],
        steps: [
          { step: 1, outcome: "passed", milliseconds: 3, steps: [] },
          { step: 2, outcome: "failed", steps: [{ step: 3, outcome: "passed" }] },
        ],
      },
    });
  });

  it("is judged by its last attempt, wherever that stands in the file", () => {
    const events = run(ended("CR-01", "passed", 2), ended("CR-01", "failed", 1));

    const [scenario] = summarize(events).scenarios;

    expect(scenario).toMatchObject({
      outcome: "passed",
      flaky: true,
      last: { attempt: 2 },
      earlier: [{ attempt: 1, outcome: "failed" }],
    });
  });

  it("that never ended is interrupted, as is its open step", () => {
    const [scenario] = summarize(run(begun("CR-01"), step(1))).scenarios;

    expect(scenario).toMatchObject({
      outcome: "interrupted",
      title: TITLE,
      last: { steps: [{ outcome: "interrupted" }] },
    });
    expect(scenario?.last).not.toHaveProperty("milliseconds");
  });

  it("had failed where an attempt without verdict was followed by another", () => {
    const [scenario] = summarize(
      run(begun("CR-01", 1), begun("CR-01", 2), ended("CR-01", "passed", 2)),
    ).scenarios;

    expect(scenario).toMatchObject({ outcome: "passed", flaky: true });
    expect(scenario?.earlier).toMatchObject([{ attempt: 1, outcome: "failed" }]);
  });

  it("that was only ever skipped has its title and reason", () => {
    const [scenario] = summarize(
      run({ ...ended("CR-01", "skipped"), reason: { ja: "理由", en: "Why" } } as Unstamped),
    ).scenarios;

    expect(scenario).toMatchObject({
      outcome: "skipped",
      title: TITLE,
      last: { reason: { ja: "理由" } },
    });
    expect(scenario).not.toHaveProperty("source");
  });

  it("does not forget a failure when its attempt is ended twice", () => {
    const both: Verdict[][] = [
      ["failed", "passed"],
      ["passed", "failed"],
    ];
    for (const verdicts of both) {
      const events = run(...verdicts.map((verdict) => ended("CR-01", verdict)));
      expect(summarize(events).counts).toMatchObject({ total: 1, failed: 1 });
    }
  });

  it("stands in order of its id, numbers by value", () => {
    const events = run(...["MK-10", "JK-01", "MK-2"].map((id) => ended(id, "passed")));

    expect(summarize(events).scenarios.map(({ scenario }) => scenario)).toEqual([
      "JK-01",
      "MK-2",
      "MK-10",
    ]);
  });
});

describe("steps", () => {
  it("that end without a beginning are there, with a number for a title", () => {
    const keys = { scenario: "CR-01", attempt: 1 };
    const [scenario] = summarize(
      run({ type: "step-ended", ...keys, step: 4, verdict: "passed", milliseconds: 2 }),
    ).scenarios;

    expect(scenario?.last.steps).toEqual([
      {
        step: 4,
        title: { ja: "手順4", en: "Step 4" },
        outcome: "passed",
        milliseconds: 2,
        steps: [],
      },
    ]);
  });

  it("whose parent cannot be theirs stand at the top", () => {
    const [scenario] = summarize(run(step(1, 2), step(2, 2), step(3, 9))).scenarios;

    expect(scenario?.last.steps.map(({ step }) => step)).toEqual([1, 2, 3]);
  });
});

describe("a run", () => {
  it("has passed when everything planned ran and nothing failed", () => {
    expect(summarize(run(ended("CR-01", "passed"), ended("CR-02", "skipped")))).toMatchObject({
      conclusion: "passed",
      counts: { total: 2, passed: 1, failed: 0, skipped: 1, interrupted: 0 },
      notRun: 0,
      flaky: 0,
    });
  });

  it("has failed with one failure, whatever else is missing", () => {
    const events = run(ended("CR-01", "failed"), begun("CR-02"));

    expect(summarize(events).conclusion).toBe("failed");
  });

  const whole = run(ended("CR-01", "passed"));
  it.each([
    ["a scenario has no verdict", run(ended("CR-01", "passed"), begun("CR-02"))],
    ["something planned never ran", [stamped(0, started(5)), ...whole.slice(1)]],
    ["it never ended", whole.slice(0, -1)],
    [
      "it was stopped",
      [...whole.slice(0, -1), stamped(9, { ...FINISHED, interrupted: true } as Unstamped)],
    ],
    ["everything was skipped", run(ended("CR-01", "skipped"))],
    ["a shard is missing", [stamped(0, started(1, { index: 1, count: 2 })), ...whole.slice(1)]],
    ["there is nothing", []],
  ])("is incomplete when %s", (_, events) => {
    expect(summarize(events).conclusion).toBe("incomplete");
  });

  it("knows its facts", () => {
    expect(summarize(sampleRun()).runs).toEqual([
      {
        run: "run-1",
        project: "simulated",
        seed: "20261121",
        environment: {
          "jpki-bench": "0.1.0",
          node: "v20.20.2",
          platform: "linux x64",
          reader: "simulated",
        },
        planned: 11,
        startedAt: "2026-11-21T06:04:05.004Z",
        endedAt: "2026-11-21T06:04:07.408Z",
        shards: [1],
        missingShards: [],
        interrupted: true,
      },
    ]);
  });

  it("is grouped by system", () => {
    const groups = summarize(sampleRun()).systems.map(({ system, counts, milliseconds }) => [
      system,
      counts.total,
      milliseconds,
    ]);

    expect(groups).toEqual([
      ["card", 2, 21],
      ["jpki", 4, 274],
      ["kazashi", 1, 1320],
      ["local-auth-pf", 1, 0],
      ["mkpf-2", 1, 91],
      ["readers", 1, 0],
    ]);
  });

  it("is one over its shards, facts that differ side by side", () => {
    const shards = [2, 1].flatMap((index) => [
      stamped(index, started(1, { index, count: 3 }), { worker: `host-${index}` }),
      stamped(index + 1, ended(`CR-0${index}`, "passed")),
      stamped(index + 2, FINISHED),
    ]);
    const [first, ...rest] = shards;
    const other = { ...first, environment: { node: "v22" } } as JournalEvent;

    expect(summarize([other, ...rest])).toMatchObject({
      counts: { total: 2, passed: 2 },
      runs: [
        {
          planned: 2,
          seed: "42",
          shards: [1, 2],
          missingShards: [3],
          environment: { node: "v22 / v20" },
          interrupted: false,
        },
      ],
    });
  });

  it("does not mix scenarios of another run in", () => {
    const events = [
      stamped(1, ended("CR-01", "passed"), { run: "b" }),
      stamped(1, ended("CR-01", "failed"), { run: "a" }),
    ];

    const { scenarios, runs } = summarize(events);

    expect(scenarios.map(({ run, outcome }) => [run, outcome])).toEqual([
      ["a", "failed"],
      ["b", "passed"],
    ]);
    expect(runs).toHaveLength(2);
  });
});

it("makes the same of a journal however its lines are interleaved", () => {
  const events = sampleRun();
  const summary = summarize(events);

  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      expect(summarize(shuffled)).toEqual(summary);
    }),
    { numRuns: 50 },
  );
});

it("makes something of any journal, and counts every scenario once", () => {
  fc.assert(
    fc.property(anyJournal, (events) => {
      const { counts, scenarios, systems } = summarize(events);
      const keys = events.flatMap((event) =>
        "scenario" in event ? JSON.stringify([event.run, event.scenario]) : [],
      );
      expect(scenarios).toHaveLength(new Set(keys).size);
      expect(counts.total).toBe(scenarios.length);
      expect(counts.passed + counts.failed + counts.skipped + counts.interrupted).toBe(
        counts.total,
      );
      expect(systems.flatMap((system) => system.scenarios)).toHaveLength(counts.total);
    }),
  );
});

it("says that a journal read from disk ends in a torn line", async () => {
  const path = join(testFolder(), "journal.ndjson");
  writeFileSync(path, `${journalText(run(ended("CR-01", "passed")))}{"at":`);

  expect(await readSummary(path)).toMatchObject({
    conclusion: "incomplete",
    truncated: { line: 4, bytes: 6 },
    counts: { passed: 1 },
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../journal/events.ts";
import { summarize } from "../journal/summarize.ts";
import { anyJournal } from "../testing/arbitraries.ts";
import { sampleRun } from "../testing/sample.ts";
import { ctrf } from "./ctrf.ts";

interface Test {
  readonly name: string;
  readonly [key: string]: unknown;
}

function render(events: readonly JournalEvent[]) {
  return JSON.parse([...ctrf.render(summarize(events), { lang: "ja" })].join("")) as {
    results: { tests: Test[]; summary: Record<string, unknown> };
  };
}

const document = render(sampleRun());
const test = (id: string) => document.results.tests.find(({ name }) => name.startsWith(id));

/** Keys the specification's JSON schema allows of a test; it allows no others. */
const KEYS_OF_TEST =
  "name status rawStatus duration start stop suite tags message trace filePath line threadId retries flaky retryAttempts steps extra".split(
    " ",
  );

it("carries the figures of the run", () => {
  expect(document).toMatchObject({
    reportFormat: "CTRF",
    specVersion: "1.0.0",
    results: { tool: { name: "jpki-bench", version: "0.1.0" } },
  });
  expect(document.results.summary).toEqual({
    tests: 10,
    passed: 7,
    failed: 1,
    skipped: 1,
    pending: 0,
    other: 1,
    flaky: 1,
    suites: 6,
    start: Date.parse("2026-11-21T06:04:05.004Z"),
    stop: Date.parse("2026-11-21T06:04:07.408Z"),
    extra: { "jpki-bench": { notRun: 1 } },
  });
});

describe("a test", () => {
  it("that failed says what, where and in which step", () => {
    expect(test("JK-03")).toMatchObject({
      status: "failed",
      duration: 38,
      suite: ["jpki"],
      tags: ["spends-tries"],
      message: "残り回数が期待と異なります: expected 2 tries left, the card says 1",
      trace: expect.stringContaining("最後のAPDU: VERIFY 利用者証明用PIN → 63C1"),
      filePath: "scenarios/jpki/pin.scenario.ts",
      line: 42,
      steps: [
        { name: "公的個人認証APを選ぶ", status: "passed" },
        { name: "誤ったPINを照合する", status: "failed" },
        { name: "残り回数を読む", status: "passed" },
      ],
    });
  });

  it("that needed a retry is flaky, with its first attempt", () => {
    expect(test("JK-10")).toMatchObject({
      status: "passed",
      retries: 1,
      flaky: true,
      retryAttempts: [{ attempt: 1, status: "failed" }],
    });
  });

  it("that was cut short is other, and skipped with its reason skipped", () => {
    expect(test("LA-02")).toMatchObject({ status: "other", rawStatus: "interrupted" });
    expect(test("RD-01")).toMatchObject({
      status: "skipped",
      message: "カードを機械的に離せる読取装置がありません",
    });
  });

  it("keeps its evidence in a namespace of ours", () => {
    expect(test("MK-06")?.extra).toMatchObject({
      "jpki-bench": { id: "MK-06", evidence: [{ name: "OCSP producedAt" }, { value: "3F2A91" }] },
    });
  });
});

it("stays within the schema whatever was recorded", () => {
  fc.assert(
    fc.property(anyJournal, (events) => {
      const { tests, summary } = render(events).results;
      expect(summary.tests).toBe(tests.length);
      for (const one of tests) {
        expect(Object.keys(one).filter((key) => !KEYS_OF_TEST.includes(key))).toEqual([]);
        expect(Number.isInteger(one.duration)).toBe(true);
        expect(["passed", "failed", "skipped", "other"]).toContain(one.status);
      }
    }),
  );
});

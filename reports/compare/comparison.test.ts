import { describe, expect, it } from "vitest";
import { comparedRun, type Told } from "../testing/compared.ts";
import { compareRuns } from "./comparison.ts";

/** `CR-01` as two readers told it. */
function compare(one: Told, other: Told) {
  const [row] = compareRuns([
    comparedRun("one", { "CR-01": one }),
    comparedRun("other", { "CR-01": other }),
  ]).scenarios;
  return row;
}

describe("verdicts", () => {
  it("differ where one run passed what the other failed", () => {
    const row = compare({ verdict: "passed" }, { verdict: "failed", code: "CARD_REMOVED" });

    expect(row?.verdictsDiffer).toBe(true);
    expect(row?.cells.map((cell) => cell?.failure)).toEqual([undefined, "CARD_REMOVED"]);
  });

  it("do not differ where a reader could not run the scenario, which says why", () => {
    const row = compare(
      { verdict: "passed", said: [["SELECT", "9000", 1]] },
      { verdict: "skipped", reason: "no field to leave" },
    );

    expect(row).toMatchObject({ verdictsDiffer: false });
    expect(row?.parting).toBeUndefined();
    expect(row?.cells[1]?.reason?.en).toBe("no field to leave");
  });

  it("leave a gap where a run knows nothing of the scenario", () => {
    const { scenarios, differing } = compareRuns([
      comparedRun("one", { "CR-01": { verdict: "passed" } }),
      comparedRun("other", { "CR-02": { verdict: "passed" } }),
    ]);

    expect(scenarios.map(({ scenario, cells }) => [scenario, cells.map(Boolean)])).toEqual([
      ["CR-01", [true, false]],
      ["CR-02", [false, true]],
    ]);
    expect(differing).toBe(0);
  });
});

describe("what cards answered", () => {
  it("parts at the first command or status word that is not the same", () => {
    const row = compare(
      {
        verdict: "passed",
        said: [
          ["SELECT", "9000", 1],
          ["VERIFY PIN", "63C2", 1],
        ],
      },
      {
        verdict: "passed",
        said: [
          ["SELECT", "9000", 9],
          ["VERIFY PIN", "6983", 9],
        ],
      },
    );

    expect(row?.parting?.after).toBe(1);
    expect(row?.parting?.acts.map((act) => act?.answer)).toEqual(["63C2", "6983"]);
  });

  it("parts where one of them ends", () => {
    const row = compare(
      { verdict: "passed", said: [["SELECT", "9000", 1]] },
      {
        verdict: "passed",
        said: [
          ["SELECT", "9000", 1],
          ["VERIFY PIN", "READER_GONE", 1],
        ],
      },
    );

    expect(row?.parting?.acts).toEqual([
      undefined,
      { label: { ja: "VERIFY PIN", en: "VERIFY PIN" }, answer: "READER_GONE" },
    ]);
  });

  it("is the same however a file is cut into pieces", () => {
    const row = compare(
      {
        verdict: "passed",
        said: [
          ["READ BINARY certificate [0..255]", "9000", 1],
          ["READ BINARY certificate [256..511]", "9000", 1],
        ],
      },
      { verdict: "passed", said: [["READ BINARY certificate [0..511]", "9000", 2]] },
    );

    expect(row?.parting).toBeUndefined();
  });
});

describe("latencies", () => {
  it("are the median and the 95th percentile of answered commands, by nearest rank", () => {
    const times = Array.from({ length: 20 }, (_, i) => ["VERIFY PIN", "9000", 20 - i] as const);
    const { commands } = compareRuns([
      comparedRun("one", { "CR-01": { verdict: "passed", said: times } }),
      comparedRun("other", { "CR-01": { verdict: "passed", said: [["VERIFY PIN", "GONE", 5]] } }),
    ]);

    expect(commands).toEqual([
      { command: "VERIFY", latencies: [{ count: 20, median: 10, p95: 19 }, undefined] },
    ]);
  });

  it("are gathered by instruction, the most frequent first", () => {
    const { commands } = compareRuns([
      comparedRun("one", {
        "CR-01": {
          verdict: "passed",
          said: [
            ["SELECT JPKI application", "9000", 1],
            ["VERIFY CERTIFICATE of a terminal", "9000", 1],
            ["READ BINARY CV certificate [0..9]", "9000", 1],
            ["READ BINARY certificate", "9000", 1],
          ],
        },
      }),
    ]);

    expect(commands.map(({ command }) => command)).toEqual([
      "READ BINARY",
      "SELECT",
      "VERIFY CERTIFICATE",
    ]);
  });
});

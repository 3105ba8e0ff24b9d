import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import { sampleRun } from "../testing/sample.ts";
import { journalText } from "../testing/stamped.ts";
import type { JournalEvent } from "./events.ts";
import { examineJournal } from "./evidence.ts";
import type { EvidenceFinding } from "./evidence-flaws.ts";

/** The sample without the scenario that was cut short, and with a run that says what is in it. */
function wholeRun(): JournalEvent[] {
  return sampleRun()
    .filter((event) => !("scenario" in event && event.scenario === "LA-02"))
    .map((event) => {
      if (event.type === "run-started") return { ...event, planned: 9 };
      return event.type === "run-ended" ? { ...event, interrupted: false } : event;
    });
}

async function examined(text: string) {
  const path = join(testFolder(), "journal.ndjson");
  writeFileSync(path, text);
  return examineJournal(path);
}

const flaws = (findings: readonly EvidenceFinding[]) => [...new Set(findings.map((f) => f.flaw))];

const without = (remove: (event: JournalEvent) => boolean) => {
  const events = wholeRun();
  const place = events.findIndex(remove);
  expect(place).toBeGreaterThanOrEqual(0);
  return journalText(events.toSpliced(place, 1));
};

describe("a journal as evidence", () => {
  it("is whole as its writers leave it, and has the digest any tool gives it", async () => {
    const text = journalText(wholeRun());
    const { digest, events, findings } = await examined(text);
    expect(findings).toEqual([]);
    expect(events).toBe(wholeRun().length);
    expect(digest).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
  });

  it("is whole in shards, one behind the other", async () => {
    const shard = (index: number) =>
      wholeRun().map((event) =>
        event.type === "run-started" ? { ...event, shard: { index, count: 2 } } : event,
      );
    const both = await examined(journalText([...shard(1), ...shard(2)]));
    expect(both.findings).toEqual([]);
    const one = await examined(journalText(shard(2)));
    expect(one.findings).toEqual([{ flaw: "shards", detail: "of shards 1, 2 there are 2" }]);
  });

  it.each<[string, () => string, string[]]>([
    ["a run that was interrupted", () => journalText(sampleRun()), ["interrupted"]],
    ["an empty file", () => "", ["no-start"]],
    ["no start", () => without((e) => e.type === "run-started"), ["no-start"]],
    ["no end", () => without((e) => e.type === "run-ended"), ["no-end"]],
    ["a torn end", () => journalText(wholeRun()).slice(0, -5), ["torn", "no-end"]],
    ["a line that is no event", () => `${journalText(wholeRun())}{"type":"x"}\n`, ["damaged"]],
    ["a missing verdict", () => without((e) => e.type === "scenario-ended"), ["gap", "counts"]],
    ["a missing step", () => without((e) => e.type === "step-started"), ["gap"]],
    ["a step without end", () => without((e) => e.type === "step-ended"), ["gap"]],
    ["a missing start", () => without((e) => e.type === "scenario-started"), ["gap"]],
    ["a verdict turned round", () => turned(), ["counts"]],
    ["lines that changed places", () => swapped(), ["order"]],
    ["lines behind the end", () => behind(), ["after-end"]],
    ["another run's lines", () => foreign(), ["several-runs"]],
  ])("shows %s", async (_, text, expected) => {
    expect(flaws((await examined(text())).findings)).toEqual(expected);
  });

  it("names the line", async () => {
    const lines = journalText(wholeRun()).split("\n");
    const { findings } = await examined([...lines.slice(0, 4), "{}", ...lines.slice(5)].join("\n"));
    expect(findings[0]).toMatchObject({ flaw: "damaged", line: 5 });
  });

  it("is not judged when a later version wrote it", async () => {
    const later = journalText(wholeRun()).replace('"version":1', '"version":2');
    await expect(examined(later)).rejects.toMatchObject({ code: "JOURNAL_VERSION" });
  });

  it("is refused when it is not there", async () => {
    const missing = examineJournal(join(testFolder(), "journal.ndjson"));
    await expect(missing).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE" });
  });
});

function turned(): string {
  return journalText(wholeRun()).replace(
    '"verdict":"failed","milliseconds":38',
    '"verdict":"passed","milliseconds":38',
  );
}

/** An exchange that stands where a later one of the same worker stood. */
function swapped(): string {
  const events = wholeRun();
  const [a = 0, b = 0] = events.flatMap((event, place) => (event.type === "apdu" ? [place] : []));
  const [one, other] = [events[a], events[b]];
  if (one?.type !== "apdu" || other?.type !== "apdu") throw new RangeError("two exchanges");
  const moved = { ...one, t: other.t, at: other.at };
  return journalText(events.with(a, moved));
}

function behind(): string {
  const events = wholeRun();
  const last = events.at(-1);
  const extra = events.find(({ type }) => type === "evidence");
  if (last === undefined || extra === undefined) throw new RangeError("an end and evidence");
  return journalText([...events, { ...extra, t: last.t + 1 }]);
}

function foreign(): string {
  const [start, ...rest] = wholeRun();
  if (start === undefined) throw new RangeError("a start");
  return journalText([start, ...rest.map((event) => ({ ...event, run: "run-2" }))]);
}

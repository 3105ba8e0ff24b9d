import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import { journalText, stamped } from "../testing/stamped.ts";
import type { JournalEvent } from "./events.ts";
import { mergeJournals } from "./merge.ts";
import { readSummary } from "./summarize.ts";

function shard(index: number, run = "run-1"): JournalEvent[] {
  const title = { ja: `試験${index}`, en: `Scenario ${index}` };
  const keys = { scenario: `CR-0${index}`, attempt: 1, title, system: "card" };
  return [
    stamped(
      1,
      {
        type: "run-started",
        version: 1,
        project: "simulated",
        seed: "42",
        shard: { index, count: 2 },
        environment: { node: "v20" },
        planned: 1,
      },
      { run, worker: "main" },
    ),
    stamped(2, { type: "scenario-ended", ...keys, verdict: "passed", milliseconds: 5 }, { run }),
    stamped(
      3,
      {
        type: "run-ended",
        passed: 1,
        failed: 0,
        skipped: 0,
        milliseconds: 9,
        interrupted: false,
      },
      { run, worker: "main" },
    ),
  ];
}

function files(...contents: string[]) {
  const folder = testFolder();
  const paths = contents.map((content, i) => {
    const path = join(folder, `shard-${i + 1}.ndjson`);
    writeFileSync(path, content);
    return path;
  });
  return { folder, paths, target: join(folder, "journal.ndjson") };
}

it("puts the shards of a run one after the other", async () => {
  const [first, second] = [journalText(shard(1)), journalText(shard(2))];
  const { paths, target } = files(first, second);

  const result = await mergeJournals(paths, target);

  expect(result).toEqual({ run: "run-1", events: 6, truncated: [] });
  expect(readFileSync(target, "utf8")).toBe(first + second);
  expect(await readSummary(target)).toMatchObject({
    conclusion: "passed",
    counts: { total: 2, passed: 2 },
    runs: [{ planned: 2, shards: [1, 2], missingShards: [], interrupted: false }],
  });
});

it("leaves out a torn last line and says of which journal", async () => {
  const whole = journalText(shard(1));
  const { paths, target } = files(`${whole}{"at":"2026-`, journalText(shard(2)));

  const result = await mergeJournals(paths, target);

  expect(result.truncated).toEqual([paths[0]]);
  expect(readFileSync(target, "utf8")).toBe(whole + journalText(shard(2)));
});

it.each([
  ["two runs", () => [journalText(shard(1)), journalText(shard(2, "run-2"))], /run-2/],
  ["one shard twice", () => [journalText(shard(1)), journalText(shard(1))], /shard 1/],
  ["nothing", () => ["", ""], /no event/],
])("refuses %s, and leaves the target as it was", async (_, contents, message) => {
  const { folder, paths, target } = files(...contents());
  writeFileSync(target, "as it was");

  await expect(mergeJournals(paths, target)).rejects.toMatchObject({
    code: "JOURNAL_MISMATCH",
    message: expect.stringMatching(message),
  });
  expect(readFileSync(target, "utf8")).toBe("as it was");
  expect(readdirSync(folder)).toHaveLength(3);
});

it("refuses a journal that is broken, and makes no file", async () => {
  const { paths, target } = files(journalText(shard(1)), "tea\n");

  await expect(mergeJournals(paths, target)).rejects.toMatchObject({
    code: "JOURNAL_INVALID",
    line: 1,
  });
  expect(existsSync(target)).toBe(false);
});

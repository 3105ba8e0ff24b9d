import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import { sampleRun } from "../testing/sample.ts";
import { journalText } from "../testing/stamped.ts";
import { JournalFollower } from "./follower.ts";

it("gives each event once, as soon as its line is complete", () => {
  const path = join(testFolder(), "journal.ndjson");
  const events = sampleRun().slice(0, 3);
  const text = journalText(events);
  writeFileSync(path, text.slice(0, 10));
  const follower = new JournalFollower(path);

  const nothingYet = follower.read();
  appendFileSync(path, text.slice(10, text.lastIndexOf("\n")));
  const two = follower.read();
  appendFileSync(path, "\n");
  const three = follower.read();
  const nothingMore = follower.read();

  expect([nothingYet, two, three, nothingMore]).toEqual([
    [],
    events.slice(0, 2),
    events.slice(2),
    [],
  ]);
  follower.close();
});

it("reads more than it takes in at once", () => {
  const path = join(testFolder(), "journal.ndjson");
  const events = Array.from({ length: 40 }, sampleRun).flat();
  writeFileSync(path, journalText(events));
  const follower = new JournalFollower(path);

  expect(follower.read()).toHaveLength(events.length);
  follower.close();
});

it("refuses what is no event with its line", () => {
  const path = join(testFolder(), "journal.ndjson");
  writeFileSync(path, `${journalText(sampleRun().slice(0, 1))}tea\n`);
  const follower = new JournalFollower(path);

  expect(() => follower.read()).toThrow(
    expect.objectContaining({ code: "JOURNAL_INVALID", line: 2 }),
  );
  follower.close();
});

it("needs a journal that is there", () => {
  expect(() => new JournalFollower(join(testFolder(), "nowhere"))).toThrow(
    expect.objectContaining({ code: "JOURNAL_UNREADABLE" }),
  );
});

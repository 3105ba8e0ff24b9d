import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import type { Unstamped } from "./events.ts";
import { JournalWriter } from "./writer.ts";

const RUN_ENDED: Unstamped = {
  type: "run-ended",
  passed: 1,
  failed: 0,
  skipped: 0,
  milliseconds: 12,
  interrupted: false,
};

function open(path: string, worker = "main", monotonic = () => 1234.56789) {
  const now = () => new Date("2026-11-21T06:04:05.678Z");
  return new JournalWriter(path, { run: "run-1", worker, now, monotonic });
}

it("writes one stamped line an event, at once", () => {
  const path = join(testFolder(), "journal.ndjson");
  const writer = open(path);

  const written = writer.write(RUN_ENDED);

  expect(readFileSync(path, "utf8")).toBe(
    '{"at":"2026-11-21T06:04:05.678Z","t":1234.568,"worker":"main","run":"run-1",' +
      '"type":"run-ended","passed":1,"failed":0,"skipped":0,"milliseconds":12,"interrupted":false}\n',
  );
  expect(written).toEqual(JSON.parse(readFileSync(path, "utf8")));
  writer.close();
});

it("appends to what is there, also when another has written in between", () => {
  const path = join(testFolder(), "journal.ndjson");
  const [first, second] = [open(path, "1"), open(path, "2")];

  first.write(RUN_ENDED);
  second.write(RUN_ENDED);
  first.write(RUN_ENDED);

  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).worker)).toEqual(["1", "2", "1"]);
  first.close();
  second.close();
});

it("keeps texts with line ends on one line", () => {
  const path = join(testFolder(), "journal.ndjson");
  const writer = open(path);

  writer.write({
    type: "evidence",
    scenario: "CR-01",
    attempt: 1,
    label: { ja: "一\n二", en: "a\r\nb" },
    value: "x\u2028y",
  });

  expect(readFileSync(path, "utf8").match(/\n/g)).toHaveLength(1);
  writer.close();
});

it("refuses an event that no reader would accept, and writes nothing", () => {
  const path = join(testFolder(), "journal.ndjson");
  const writer = open(path);

  expect(() => writer.write({ ...RUN_ENDED, milliseconds: Number.NaN })).toThrow(
    expect.objectContaining({
      code: "JOURNAL_INVALID",
      message: expect.stringContaining("milliseconds"),
    }),
  );
  expect(readFileSync(path, "utf8")).toBe("");
  writer.close();
});

it("says how long it has been open", () => {
  let time = 100;
  const writer = open(join(testFolder(), "journal.ndjson"), "main", () => time);

  time = 350.5;

  expect(writer.elapsed()).toBe(250.5);
  writer.close();
});

it("says which journal it cannot open", () => {
  const path = join(testFolder(), "missing", "journal.ndjson");

  expect(() => open(path)).toThrow(
    expect.objectContaining({ code: "JOURNAL_WRITE", message: expect.stringContaining(path) }),
  );
});

it("says so when nothing can be written any more", () => {
  const writer = open(join(testFolder(), "journal.ndjson"));
  writer.close();

  expect(() => writer.write(RUN_ENDED)).toThrow(expect.objectContaining({ code: "JOURNAL_WRITE" }));
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import type { JournalEvent } from "./events.ts";
import { readJournal, type TruncatedTail } from "./reader.ts";

const STAMP = '"at":"2026-11-21T06:04:05.000Z","t":1,"worker":"1","run":"run-1"';
const STEP = `{${STAMP},"type":"step-ended","scenario":"CR-01","attempt":1,"step":1,"verdict":"passed","milliseconds":3}`;
const RUN = `{${STAMP},"type":"run-started","version":1,"project":"p","seed":"s","environment":{},"planned":1}`;

async function read(content: string | Uint8Array) {
  const path = join(testFolder(), "journal.ndjson");
  writeFileSync(path, content);
  const events: JournalEvent[] = [];
  let truncated: TruncatedTail | undefined;
  let error: unknown;
  try {
    const onTruncated = (tail: TruncatedTail) => {
      truncated = tail;
    };
    for await (const event of readJournal(path, { onTruncated })) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { events, truncated, error };
}

describe("a journal", () => {
  it("is read in the order of its lines", async () => {
    const { events, truncated, error } = await read(`${RUN}\n${STEP}\n`);

    expect(error).toBeUndefined();
    expect(truncated).toBeUndefined();
    expect(events.map((event) => event.type)).toEqual(["run-started", "step-ended"]);
    expect(events[1]).toEqual(JSON.parse(STEP));
  });

  it("may be empty", async () => {
    expect(await read("")).toEqual({ events: [], truncated: undefined, error: undefined });
  });

  it("must be there", async () => {
    const events = readJournal(join(testFolder(), "nowhere.ndjson"));

    await expect(events.next()).rejects.toMatchObject({
      code: "JOURNAL_UNREADABLE",
      message: expect.stringContaining("nowhere.ndjson"),
    });
  });
});

describe("the last line", () => {
  it("is reported and left out when it is torn, also within a character", async () => {
    const torn = Buffer.from(`${RUN}\n{${STAMP},"type":"evidence","value":"値`).subarray(0, -1);

    const { events, truncated, error } = await read(torn);

    expect(error).toBeUndefined();
    expect(events).toHaveLength(1);
    expect(truncated).toEqual({ line: 2, bytes: torn.length - RUN.length - 1 });
  });

  it("counts when only its line end is missing", async () => {
    const { events, truncated } = await read(`${RUN}\n${STEP}`);

    expect(events).toHaveLength(2);
    expect(truncated).toBeUndefined();
  });

  it("is refused when it is whole and no event", async () => {
    expect((await read(`${RUN}\n{"type":"tea"}`)).error).toMatchObject({
      code: "JOURNAL_INVALID",
      line: 2,
    });
  });
});

describe("a line that is no event is refused with its number", () => {
  const cases: [string, string | Uint8Array, RegExp][] = [
    ["unknown type", STEP.replace("step-ended", "step-finished"), /type/],
    ["missing field", STEP.replace(',"step":1', ""), /step/],
    ["field nobody knows", STEP.replace('"step":1', '"step":1,"colour":"red"'), /colour/],
    ["wrong kind of value", STEP.replace('"step":1', '"step":"1"'), /step/],
    ["negative time", STEP.replace('"milliseconds":3', '"milliseconds":-3'), /milliseconds/],
    ["local time", STEP.replace("05.000Z", "05.000+09:00"), /at/],
    ["no JSON", "{", /JSON/],
    ["nothing", "", /JSON/],
    ["a number", "12", /event/],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), /UTF-8/],
    ["byte order mark", `\ufeff${STEP}`, /JSON/],
  ];

  it.each(cases)("%s", async (_, line, message) => {
    const content = Buffer.concat([
      Buffer.from(`${RUN}\n`),
      Buffer.from(line),
      Buffer.from(`\n${STEP}\n`),
    ]);

    const { events, error } = await read(content);

    expect(error).toMatchObject({ name: "ReportError", code: "JOURNAL_INVALID", line: 2 });
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(events).toHaveLength(1);
  });
});

it("refuses a later version of the format, whatever else is on the line", async () => {
  const later = RUN.replace('"version":1', '"version":2,"new":true');

  expect((await read(`${STEP}\n${later}\n`)).error).toMatchObject({
    code: "JOURNAL_VERSION",
    line: 2,
    message: expect.stringContaining("version 2"),
  });
});

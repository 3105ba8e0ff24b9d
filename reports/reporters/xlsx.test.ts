import fc from "fast-check";
import { expect, it, vi } from "vitest";
import type { JournalEvent } from "../journal/events.ts";
import { summarize } from "../journal/summarize.ts";
import { anyJournal } from "../testing/arbitraries.ts";
import { sampleRun } from "../testing/sample.ts";
import { unzipped } from "./xlsx/testing/unzipped.ts";
import { xlsx } from "./xlsx.ts";

async function render(
  events: readonly JournalEvent[] = sampleRun(),
  lang: "ja" | "en" = "ja",
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsx.render(summarize(events), { lang })) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The three sheets as XML. */
function sheetsOf(files: ReadonlyMap<string, string>): string[] {
  return [1, 2, 3].map((id) => files.get(`xl/worksheets/sheet${id}.xml`) ?? "");
}

it("has a summary, results and steps, in the language asked for", async () => {
  const names = async (lang: "ja" | "en") => {
    const workbook = unzipped(await render(sampleRun(), lang)).get("xl/workbook.xml") ?? "";
    return [...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name);
  };

  expect(await names("ja")).toEqual(["概要", "結果一覧", "手順"]);
  expect(await names("en")).toEqual(["Summary", "Results", "Steps"]);
});

it("keeps the headings of a table in sight and lets people filter", async () => {
  const files = unzipped(await render());
  const [overview, results, steps] = sheetsOf(files);

  for (const sheet of [results, steps]) expect(sheet).toMatch(/<pane ySplit="1"[^>]*"frozen"\/>/);
  expect(results).toContain('</sheetData><autoFilter ref="A1:Q11"/>');
  expect(steps).toContain('</sheetData><autoFilter ref="A1:L18"/>');
  expect(overview).not.toContain("autoFilter");
  expect(files.get("xl/workbook.xml")).toContain(
    '<definedName name="_xlnm.Print_Titles" localSheetId="1">\'結果一覧\'!$1:$1</definedName>',
  );
});

it("is printed as wide as its paper, tables across", async () => {
  const [overview, results] = sheetsOf(unzipped(await render()));

  expect(overview).toMatch(/<pageSetup [^>]*orientation="portrait" fitToWidth="1"/);
  expect(results).toMatch(/<pageSetup [^>]*orientation="landscape" fitToWidth="1"/);
});

it("is the same file whenever it is made", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-21T06:04:05Z") });
  try {
    const first = await render();
    vi.setSystemTime(Date.parse("2031-04-01T00:00:00Z"));

    expect((await render()).equals(first)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it("holds no formula and no broken cell, whatever was recorded", async () => {
  await fc.assert(
    fc.asyncProperty(anyJournal, fc.constantFrom("ja", "en"), async (events, lang) => {
      const files = unzipped(await render(events, lang));
      const strings = files.get("xl/sharedStrings.xml")?.match(/<si>/g)?.length ?? 0;
      for (const sheet of sheetsOf(files)) {
        expect(sheet).not.toMatch(/<f[ >/]|<is>| t="(?!s")/);
        for (const [, type, value] of sheet.matchAll(/<c [^>]*?(t="s")?><v>([^<]*)<\/v>/g)) {
          expect(value).toMatch(type === undefined ? /^\d+(\.\d+)?(e-\d+)?$/ : /^\d+$/);
          if (type !== undefined) expect(Number(value)).toBeLessThan(strings);
        }
      }
    }),
    { numRuns: 50 },
  );
});

it("writes down what starts like a formula, or is called like a member of every object", async () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "constructor", "__proto__"];
  const [start, ...rest] = sampleRun();
  const events = texts.flatMap((seed, i) =>
    [start, ...rest].flatMap((event) =>
      event === undefined ? [] : [{ ...event, run: `run-${i}`, ...("seed" in event && { seed }) }],
    ),
  );

  const strings = unzipped(await render(events)).get("xl/sharedStrings.xml") ?? "";

  for (const text of texts.slice(0, 5)) expect(strings).toContain(`<t>${text}</t>`);
  expect(strings).toContain("<t>_x0063_onstructor</t>");
  expect(strings).toContain("<t>_x005F__proto__</t>");
});

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../journal/events.ts";
import { readSummary, summarize } from "../journal/summarize.ts";
import { anyJournal } from "../testing/arbitraries.ts";
import { testFolder } from "../testing/folder.ts";
import { sampleRun } from "../testing/sample.ts";
import { journalText } from "../testing/stamped.ts";
import { JOURNAL_FILE, writeReports } from "./registry.ts";

/** Reads a list of workbooks as openpyxl sees them; a date comes as text, its type says what it was. */
const READ = `
import json, sys
import openpyxl

def sheet(found):
    cells = [cell for row in found.iter_rows() for cell in row]
    return {
        "name": found.title,
        "frozen": found.freeze_panes,
        "filtered": found.auto_filter.ref,
        "rows": [[cell.value for cell in row] for row in found.iter_rows()],
        "types": sorted({cell.data_type for cell in cells}),
        "formats": sorted({cell.number_format for cell in cells if cell.data_type == "s"}),
    }

books = [openpyxl.load_workbook(path) for path in json.load(sys.stdin)]
json.dump([[sheet(one) for one in book.worksheets] for book in books], sys.stdout, default=str)
`;

interface SheetSeen {
  readonly name: string;
  readonly frozen: string | null;
  readonly filtered: string | null;
  readonly rows: readonly (string | number | null)[][];
  /** `d` date, `n` number or nothing, `s` text, `f` formula, `e` error. */
  readonly types: readonly string[];
  readonly formats: readonly string[];
}

/** Debian's packages are seen by Debian's Python only; another may stand before it on the PATH. */
const python = ["/usr/bin/python3", "python3"].find(
  (candidate) => spawnSync(candidate, ["-c", "import openpyxl"]).status === 0,
);
const required = process.env.JPKI_BENCH_REQUIRE_SYSTEM === "1";
const note = python === undefined ? " (skipped, missing: python3-openpyxl)" : "";

function read(paths: readonly string[]): SheetSeen[][] {
  if (python === undefined) throw new Error("apt-get install python3-openpyxl");
  const { status, stdout, stderr } = spawnSync(python, ["-c", READ], {
    input: JSON.stringify(paths),
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as SheetSeen[][];
}

async function workbookOf(events: readonly JournalEvent[]): Promise<string> {
  const folder = testFolder();
  writeFileSync(join(folder, JOURNAL_FILE), journalText(events));
  await writeReports(folder, ["xlsx"], { lang: "ja" });
  return join(folder, "report.xlsx");
}

/** A folder of a run of two scenarios, with the workbook the command line made of it. */
function realRun(): string {
  const folder = testFolder();
  const bin = fileURLToPath(new URL("../../bin/jpki-bench.js", import.meta.url));
  const words = ["run", "CR-01", "CR-25", "--lang", "ja", "--out", folder, "--reporter", "xlsx"];
  const { status, stderr } = spawnSync(process.execPath, [bin, ...words], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return folder;
}

describe.skipIf(python === undefined && !required)(`a workbook, read by openpyxl${note}`, () => {
  it("has the scenarios and steps of a real run", async () => {
    const folder = realRun();
    const { scenarios, runs } = await readSummary(join(folder, JOURNAL_FILE));

    const [[overview, results, steps] = []] = read([join(folder, "report.xlsx")]);

    const names = [overview, results, steps].map((sheet) => sheet?.name);
    expect(names).toEqual(["概要", "結果一覧", "手順"]);
    expect(overview?.rows).toContainEqual(["判定", "合格", null, null, null, null, null]);
    expect(overview?.rows.flat()).toContain(runs[0]?.run);
    expect(results?.rows.slice(1).map((row) => [row[0], row[1], row[8]])).toEqual([
      [1, "CR-01", "合格"],
      [2, "CR-25", "合格"],
    ]);
    const [spent, started, time] = [7, 10, 11].map((column) => results?.rows[1]?.[column]);
    expect(spent).toBe(1);
    expect(started).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
    expect(time).toBe(Math.round(scenarios[0]?.last.milliseconds ?? 0) / 1000);
    const [titles] = scenarios.map(({ last }) => last.steps.map(({ title }) => title.ja));
    const shown = steps?.rows.filter((row) => row[1] === "CR-01").map((row) => row[5]);
    expect(shown).toEqual(expect.arrayContaining(titles ?? []));
  }, 60_000);

  it("has dates, numbers and text, and neither formulas nor errors", async () => {
    const [[overview, results, steps] = []] = read([await workbookOf(sampleRun())]);

    expect(overview?.types).toEqual(["d", "n", "s"]);
    expect(results).toMatchObject({ frozen: "C2", filtered: "A1:Q11", types: ["d", "n", "s"] });
    expect(steps).toMatchObject({ frozen: "C2", filtered: "A1:L18", types: ["n", "s"] });
    for (const sheet of [overview, results, steps]) expect(sheet?.formats).toEqual(["@"]);
    expect(results?.rows.map((row) => row[10])).toContain("2026-11-21 15:04:05.114000");
  });

  it("can be opened whatever was recorded", async () => {
    const journals = fc.sample(anyJournal, { numRuns: 40, seed: 20261121 });
    const paths: string[] = [];
    for (const events of journals) paths.push(await workbookOf(events));

    const workbooks = read(paths);

    expect(workbooks.map(([, results]) => results?.rows.length)).toEqual(
      journals.map((events) => summarize(events).counts.total + 1),
    );
    const types = new Set(workbooks.flat().flatMap((sheet) => sheet.types));
    expect([...types].sort()).toEqual(["d", "n", "s"]);
  });
});

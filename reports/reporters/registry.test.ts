import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import { sampleRun } from "../testing/sample.ts";
import { journalText } from "../testing/stamped.ts";
import { JOURNAL_FILE, reporterNames, requireReporters, writeReports } from "./registry.ts";

function folderWithJournal(): string {
  const folder = testFolder();
  writeFileSync(join(folder, JOURNAL_FILE), journalText(sampleRun()));
  return folder;
}

it("writes every report beside the journal, and nothing else", async () => {
  const folder = folderWithJournal();

  const written = await writeReports(folder, reporterNames, { lang: "ja" });

  expect(written).toEqual([
    { name: "html", path: join(folder, "report.html") },
    { name: "junit", path: join(folder, "junit.xml") },
    { name: "markdown", path: join(folder, "summary.md") },
    { name: "ctrf", path: join(folder, "ctrf.json") },
    { name: "xlsx", path: join(folder, "report.xlsx") },
  ]);
  expect(readdirSync(folder).sort()).toEqual(
    [JOURNAL_FILE, "ctrf.json", "junit.xml", "report.html", "report.xlsx", "summary.md"].sort(),
  );
  expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(
    /^<!doctype html>.*<\/html>\n$/s,
  );
  expect(readFileSync(join(folder, "junit.xml"), "utf8")).toContain('classname="jpki"');
});

it("replaces a report of before", async () => {
  const folder = folderWithJournal();
  writeFileSync(join(folder, "summary.md"), "old");

  await writeReports(folder, ["markdown"], { lang: "en" });

  expect(readFileSync(join(folder, "summary.md"), "utf8")).toMatch(/^## Connection test result/);
});

it("refuses a name nobody knows before it writes anything", async () => {
  const folder = folderWithJournal();

  await expect(writeReports(folder, ["html", "pdf"], { lang: "ja" })).rejects.toMatchObject({
    code: "REPORT_UNKNOWN",
    message: expect.stringContaining("html, junit, markdown, ctrf, xlsx"),
  });
  expect(readdirSync(folder)).toEqual([JOURNAL_FILE]);
  expect(() => requireReporters(["toString"])).toThrow(
    expect.objectContaining({ code: "REPORT_UNKNOWN" }),
  );
});

it("leaves no half of a report when it cannot be put in its place", async () => {
  const folder = folderWithJournal();
  mkdirSync(join(folder, "summary.md"));

  await expect(writeReports(folder, ["markdown"], { lang: "ja" })).rejects.toMatchObject({
    code: "REPORT_WRITE",
    message: expect.stringContaining("summary.md"),
  });
  expect(readdirSync(folder).sort()).toEqual([JOURNAL_FILE, "summary.md"]);
});

it("needs a journal", async () => {
  await expect(writeReports(testFolder(), ["html"], { lang: "ja" })).rejects.toMatchObject({
    code: "JOURNAL_UNREADABLE",
  });
});

/** `jpki-bench report verify` on a real run, as it was handed in and as somebody changed it. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpkiBench } from "./testing/cli.ts";

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-verify-"));
  const words = ["run", "CR-01", "--lang", "en", "--reporter", "html,junit,markdown,ctrf,xlsx"];
  const { exitCode } = await jpkiBench([...words, "--out", join(folder, "run")], { cwd: folder });
  expect(exitCode).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the run, changed. */
function altered(name: string, file: string, change: (text: string) => string): string {
  const copy = join(folder, name);
  cpSync(join(folder, "run"), copy, { recursive: true });
  const before = readFileSync(join(copy, file), "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(copy, file), after);
  return copy;
}

async function verified(place: string, ...words: string[]) {
  const { exitCode, stdout, stderr } = await jpkiBench(
    ["report", "verify", place, "--json", ...words],
    { cwd: folder },
  );
  return { exitCode, stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) };
}

const digestOfRun = () =>
  createHash("sha256")
    .update(readFileSync(join(folder, "run", "journal.ndjson")))
    .digest("hex");

describe("report verify", { timeout: 240_000 }, () => {
  it("finds a run whole, whatever language its reports are in, and gives its digest", async () => {
    const { exitCode, whole, digest, reports } = await verified(
      join(folder, "run"),
      ...["--lang", "ja", "--digest", digestOfRun()],
    );
    expect([exitCode, whole, digest]).toEqual([0, true, `sha256:${digestOfRun()}`]);
    const files = ["report.html", "junit.xml", "summary.md", "ctrf.json", "report.xlsx"];
    expect(reports).toEqual(expect.arrayContaining(files.map((file) => ({ file, follows: true }))));
  });

  it("notices a report that says something else", async () => {
    const place = altered("report", "report.html", (text) => text.replaceAll("CR-01", "CR-02"));
    expect(await verified(place)).toMatchObject({
      exitCode: 1,
      whole: false,
      findings: [{ flaw: "report", detail: "report.html" }],
    });
  });

  it("notices by the digest what nothing else shows", async () => {
    const place = altered("journal", "journal.ndjson", (text) => text.replace("9000", "9000 "));
    const { exitCode, findings } = await verified(place, "--digest", `sha256:${digestOfRun()}`);
    expect(exitCode).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ flaw: "digest" }));
  });

  it("refuses a folder without a journal and a digest that is none with 2", async () => {
    expect(await verified(folder)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^JOURNAL_UNREADABLE: /),
    });
    expect(await verified(join(folder, "run"), "--digest", "12")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^CLI_USAGE: /),
    });
  });
});

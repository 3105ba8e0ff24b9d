/** `jpki-bench record` and `replay`, as users start them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpkiBench } from "./testing/cli.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-record-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const bench = (...words: string[]) => jpkiBench(words, { cwd: folder });
const edited = (name: string, change: (text: string) => string) => {
  writeFileSync(at(name), change(readFileSync(at("signed.txt"), "utf8")));
  return at(name);
};

describe("record and replay", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    const words = ["--session", "signing", "--seed", "S", "--json"];
    const { exitCode, stdout } = await bench("record", "--out", at("signed.txt"), ...words);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: at("signed.txt"),
      card: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      steps: expect.any(Number),
    });
  }, 60_000);

  it("asserts a recording against another simulated card, made as recorded", async () => {
    const words = ["--seed", "T", "--adopt", "--image", at("card.json"), "--json"];
    const { exitCode, stdout } = await bench("replay", at("signed.txt"), ...words);
    expect(exitCode).toBe(0);
    const { steps, ...outcome } = JSON.parse(stdout);
    expect(outcome).toMatchObject({ matched: steps, leftOver: 0 });
    expect(outcome.taken).toContain("atr");
    expect(outcome.standIns).toContain("jpki/0017");
    expect(JSON.parse(readFileSync(at("card.json"), "utf8"))).toMatchObject({ version: 1 });
  });

  it("shows the first difference with its label and what is left, and exits with 1", async () => {
    const file = edited("changed.txt", (text) =>
      text.replace(/(> 00200080 ‹PIN›\n~ short\n)< 9000/, "$1< 63C2"),
    );
    const { exitCode, stdout } = await bench(
      "replay",
      file,
      "--against",
      at("signed.txt"),
      "--lang",
      "en",
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      "VERIFY user authentication PIN\n  expected: 63C2\n  received: 9000\n",
    );
    expect(stdout).toMatch(/^\d+ steps as recorded, [1-9]\d* left over$/m);
  });

  it("refuses a recording that is damaged, or asks for what nobody knows, with 2", async () => {
    const damaged = await bench(
      "replay",
      edited("damaged.txt", (text) => text.slice(0, 500)),
    );
    expect([damaged.exitCode, damaged.stderr.split(":")[0]]).toEqual([2, "RECORDING_INVALID"]);
    const hidden = edited("hidden.txt", (text) => text.replace("00200080 ‹PIN›", "‹不明›"));
    const unfilled = await bench("replay", hidden);
    expect([unfilled.exitCode, unfilled.stderr.split(":")[0]]).toEqual([2, "RECORDING_HOLE"]);
  });
});

/** `jpki-bench fuzz` as users start it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BIN, jpkiBench } from "./testing/cli.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-fuzz-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

describe("jpki-bench fuzz", () => {
  it("prints one document with seed, runs and failures", async () => {
    const { exitCode, stdout, stderr } = await jpkiBench(
      ["fuzz", "codec", "--runs", "20", "--seed", "tea", "--json"],
      { cwd: folder },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      target: "codec",
      seed: "tea",
      runs: { "command-bytes": 20, "atr-bytes": 20 },
      failures: [],
      interrupted: false,
    });
  });

  it("sends the card as many commands as it was told, and counts what came back", async () => {
    const words = ["fuzz", "card", "--commands", "400", "--seed", "tea", "--json"];
    const { exitCode, stdout } = await jpkiBench(words, { cwd: folder });
    const { histories, ...others } = JSON.parse(stdout).coverage;
    expect(exitCode).toBe(0);
    expect(Object.keys(others)).toEqual(["any-bytes"]);
    expect(histories.commands).toBeGreaterThanOrEqual(400);
    expect(histories.statuses["9000"]).toBeGreaterThan(50);
    expect(histories.neverSeen).toContainEqual(
      expect.objectContaining({ status: "6581", reason: expect.anything() }),
    );
  });

  it("tells people the rate, every status that came, and why some never do", async () => {
    const words = ["fuzz", "card", "--commands", "400", "--seed", "tea", "--lang", "en"];
    const { stdout } = await jpkiBench(words, { cwd: folder });
    expect(stdout).toMatch(/^histories: \d+ commands, \d+ a second$/m);
    expect(stdout).toMatch(/^6A82 +\d+ +\d+ {2}file or application not found$/m);
    expect(stdout).toMatch(/^never seen:[\s\S]*^6581 {2}a fault of the card's memory/m);
  });

  it("judges a file again, and ends with 0 when all is well now", async () => {
    const path = file("once.json", {
      version: 1,
      target: "codec",
      property: "response-bytes",
      seed: "tea",
      violations: ["61 answered as data"],
      shown: ["< 9000"],
      input: "9000",
    });
    const { exitCode, stdout } = await jpkiBench(["fuzz", "codec", "--replay", path, "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ shown: ["< 9000"], violations: [] });
  });

  it("shows what ran, and ends with 130, when it is interrupted", async () => {
    const words = [BIN, "fuzz", "codec", "--time", "600", "--seed", "tea", "--lang", "en"];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      if (lines.push(line) === 1) child.kill("SIGINT");
    }
    expect(await ended).toEqual([130, null]);
    expect(lines[0]).toBe("seed: tea");
    expect(lines.at(-1)).toMatch(/^ +\d+ {2}any text is hexadecimal/);
  });

  it("never fuzzes a card that may be a person's", async () => {
    const config = file("bench.config.json", {
      projects: { desk: { reader: { driver: "pcsc", name: "SONY" } } },
    });
    const words = ["fuzz", "codec", "--project", "desk", "--config", config, "--lang", "en"];
    const { exitCode, stderr } = await jpkiBench(words);
    expect(stderr).toMatch(/^FUZZ_PHYSICAL: project desk .*\nNever done to a physical card/);
    expect(exitCode).toBe(2);
  });

  it.each([
    ["an unknown target", ["fuzz", "moon"], "CLI_USAGE"],
    ["no target", ["fuzz"], "CLI_USAGE"],
    ["no number", ["fuzz", "codec", "--runs", "many"], "CLI_USAGE"],
    ["no runs", ["fuzz", "codec", "--runs", "0"], "CLI_USAGE"],
    ["commands where none are counted", ["fuzz", "codec", "--commands", "9"], "CLI_USAGE"],
    ["no file", ["fuzz", "codec", "--replay", "absent.json"], "FILE_UNREADABLE"],
  ])("ends with 2 for %s", async (_what, words, code) => {
    const { exitCode, stderr } = await jpkiBench(words, { cwd: folder });
    expect(stderr.startsWith(`${code}: `), stderr).toBe(true);
    expect(exitCode).toBe(2);
  });
});

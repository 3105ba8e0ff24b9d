/** The control API from the command line: every operation by name, and cards in readers of a lab. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

let folder: string;
let lab: RunningLab;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-control-"));
  lab = await startLab(["--state", join(folder, "state"), "--seed", "control"]);
}, 60_000);

afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

async function bench(...words: string[]) {
  const place = ["--lab", lab.ready.console, "--lang", "en"];
  return jpkiBench([...words, ...place]);
}

async function document(...words: string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await bench(...words, "--json");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("operations by name", { timeout: 120_000 }, () => {
  it("take texts, numbers and lists", async () => {
    const clock = ["setClock", "now=2031-04-01T00:00:00Z", "running=false"];
    expect(await document("control", ...clock)).toEqual({
      now: "2031-04-01T00:00:00.000Z",
      running: false,
    });
    const tries = ["setTriesLeft", "id=R0001-1", "pin=auth", "left=1"];
    expect(await document("control", ...tries)).toMatchObject({ triesLeft: { auth: 1 } });
    const quirks = ["setQuirks", "id=R0001-1", 'quirks=["noExtendedLength"]'];
    expect(await document("control", ...quirks)).toMatchObject({ quirks: ["noExtendedLength"] });
  });

  it("are listed with their fields", async () => {
    expect(await document("control")).toContainEqual({
      operation: "moveClock",
      room: "clock",
      title: { ja: expect.any(String), en: expect.any(String) },
      fields: ["days", "seconds"],
    });
  });

  it.each([
    [["fly"], "CLI_USAGE", "no operation fly"],
    [["moveClock", "weeks=2"], "CLI_USAGE", "its fields: days, seconds"],
    [["moveClock", "days=soon"], "CONTROL_INVALID", "days"],
  ])("say what is wrong with %j", async (words, code, says) => {
    const { exitCode, stderr } = await bench("control", ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(`^${code}: .*${says}.*\n.+\n$`));
  });
});

describe("a card", { timeout: 120_000 }, () => {
  it("is put into a reader of the lab and taken out", async () => {
    const reader = { name: "counter", kind: "in-process" };
    const lying = { ...reader, card: "R0001-1", side: "contactless" };
    expect(await document("card", "insert", "r0001-1")).toEqual(lying);
    expect(await document("card", "readers")).toContainEqual(lying);
    expect(await document("card", "remove", "R0001-1")).toEqual(reader);
    const again = await bench("card", "remove", "R0001-1");
    expect([again.exitCode, again.stderr.split(":")[0]]).toEqual([3, "READER_EMPTY"]);
  });
});

describe("the document", () => {
  it("is written without a lab, and is what a lab serves", async () => {
    const file = join(folder, "openapi.json");
    const { exitCode, stdout } = await jpkiBench(["lab", "--openapi", file]);
    expect([exitCode, stdout.trim()]).toEqual([0, file]);
    const served = await fetch(`${lab.ready.console}/control/openapi.json`);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(await served.json());
  });
});

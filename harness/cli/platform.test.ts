/** Platforms of a running lab from the command line: what goes wrong, and what they have seen. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

let folder: string;
let lab: RunningLab;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-platform-"));
  lab = await startLab(["--state", join(folder, "state"), "--seed", "platform"]);
}, 60_000);

afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

async function platform(...words: string[]) {
  const place = ["--state", join(folder, "state"), "--lang", "en"];
  const finished = await jpkiBench(["platform", ...words, ...place]);
  const document = words.includes("--json") ? JSON.parse(finished.stdout) : undefined;
  return { ...finished, document };
}

const knock = async () => {
  const { status, headers } = await fetch(`${lab.ready.platforms.mkpf}/api/v1/validity`, {
    method: "POST",
  });
  return [status, headers.get("retry-after")];
};

describe("platforms from the command line", { timeout: 120_000 }, () => {
  it("meet faults of a mode, at a place, for so long; and tell what they have seen", async () => {
    const fault = ["mkpfVerification", "busy", "--amount", "7", "--path", "/api"];
    const planned = await platform("fault", ...fault, "--after", "1", "--times", "1", "--json");
    expect(planned.document).toMatchObject({ mode: "busy", amount: 7, after: 1, times: 1 });
    expect([await knock(), await knock(), await knock()]).toEqual([
      [401, null],
      [429, "7"],
      [401, null],
    ]);
    const { document } = await platform("seen", "mkpfVerification", "--json");
    expect(document).toMatchObject([
      { request: "refused", error: "invalidToken" },
      { request: "refused", error: "invalidToken" },
    ]);
  });

  it("are listed with their faults, until none is planned", async () => {
    await platform("fault", "localAuthPf", "clock-skew", "--amount", "-90", "--for", "3600");
    expect((await platform("list")).stdout).toMatch(/localAuthPf +http.*\n {2}! clock-skew -90/);
    await platform("fault", "localAuthPf", "none");
    expect((await platform("list", "--json")).document.faults).toEqual([]);
  });

  it("know many faults by name, in both languages", async () => {
    const modes = (...words: string[]) =>
      jpkiBench(["platform", "modes", "--lang", "en", ...words]);
    const { "answer-lost": lost } = JSON.parse((await modes("--json")).stdout);
    expect(lost).toMatchObject({ ja: expect.any(String), en: expect.any(String) });
    expect((await modes()).stdout).toMatch(/^rate-limit +429 .*--amount 60 requests/m);
  });

  it.each([
    ["an unknown platform", ["fault", "moon", "busy"], "CLI_USAGE"],
    ["an unknown mode", ["fault", "localAuthPf", "fire"], "CLI_USAGE"],
    [
      "an amount that makes no sense",
      ["fault", "localAuthPf", "html", "--amount", "1"],
      "CONTROL_INVALID",
    ],
    [
      "new keys where nothing is signed",
      ["fault", "localAuthPf", "key-rotation"],
      "CONTROL_INVALID",
    ],
  ])("name what is wrong: %s", async (_what, words, code) => {
    const finished = await platform(...words);
    expect([finished.stderr.split(":")[0], finished.exitCode]).toEqual([code, 2]);
  });
});

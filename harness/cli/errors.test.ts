/** Bad input and missing parts: one line with a code, one of advice, and the documented exit code. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BIN, jpkiBench } from "./testing/cli.ts";

let folder: string;
let occupant: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-errors-"));
  occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  await new Promise((resolve) => occupant.close(resolve));
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const taken = () => String((occupant.address() as AddressInfo).port);
const state = (name: string) => ["--state", join(folder, name)];

interface Case {
  readonly what: string;
  readonly words: () => string[];
  readonly code: string;
  readonly exit: number;
  readonly says?: string;
}

const CASES: readonly Case[] = [
  {
    what: "an unknown scenario",
    words: () => ["run", "XX-99", "--out", join(folder, "never")],
    code: "SCENARIO_UNKNOWN",
    exit: 2,
    says: "XX-99",
  },
  { what: "no command", words: () => [], code: "CLI_USAGE", exit: 2 },
  { what: "an unknown command", words: () => ["fly"], code: "CLI_USAGE", exit: 2, says: "fly" },
  { what: "an unknown option", words: () => ["list", "--fast"], code: "CLI_USAGE", exit: 2 },
  { what: "a wrong shard", words: () => ["run", "--shard", "3/2"], code: "CLI_USAGE", exit: 2 },
  {
    what: "an unknown reporter",
    words: () => ["run", "--reporter", "papyrus"],
    code: "REPORT_UNKNOWN",
    exit: 2,
  },
  {
    what: "an unknown project",
    words: () => ["run", "--project", "moon"],
    code: "PROJECT_UNKNOWN",
    exit: 2,
    says: "simulator",
  },
  {
    what: "a configuration that is not there",
    words: () => ["run", "--config", join(folder, "absent.json")],
    code: "CONFIG_NOT_FOUND",
    exit: 2,
  },
  {
    what: "a configuration that is not JSON",
    words: () => ["list", "--config", file("broken.json", "{")],
    code: "CONFIG_INVALID",
    exit: 2,
    says: "broken.json",
  },
  {
    what: "a setting nobody knows",
    words: () => ["list", "--config", file("extra.json", '{"projetcs":{}}')],
    code: "CONFIG_INVALID",
    exit: 2,
    says: "projetcs",
  },
  {
    what: "a setting with a wrong value",
    words: () => [
      "list",
      "--config",
      file("value.json", '{"projects":{"desk":{"reader":{"driver":"pcsc","name":""}}}}'),
    ],
    code: "CONFIG_INVALID",
    exit: 2,
    says: "projects.desk.reader.name",
  },
  {
    what: "a configuration that throws",
    words: () => ["list", "--config", file("throws.mjs", 'throw new Error("oh no");')],
    code: "CONFIG_INVALID",
    exit: 2,
    says: "oh no",
  },
  {
    what: "an occupied port",
    words: () => ["lab", "--port", taken(), ...state("port")],
    code: "PORT_IN_USE",
    exit: 3,
  },
  {
    what: "a lab that does not run",
    words: () => ["ca", "revoke", "01AB", ...state("nobody")],
    code: "LAB_NOT_RUNNING",
    exit: 3,
  },
  {
    what: "an unknown persona",
    words: () => ["lab", "--resident", "wizard", ...state("wizard")],
    code: "PERSONA_UNKNOWN",
    exit: 2,
    says: "wizard",
  },
  {
    what: "a folder without a journal",
    words: () => ["report", "show", folder],
    code: "JOURNAL_UNREADABLE",
    exit: 2,
  },
];

describe("the command line", () => {
  it.each(CASES)("says what is wrong: $what", async ({ words, code, exit, says = "" }) => {
    const { exitCode, stdout, stderr } = await jpkiBench([...words(), "--lang", "en"]);
    const [line = "", advice, ...rest] = stderr.trimEnd().split("\n");
    expect(line.startsWith(`${code}: `), stderr).toBe(true);
    expect(line).toContain(says);
    expect(advice).toBeTruthy();
    expect(rest).toEqual([]);
    expect(exitCode).toBe(exit);
    expect(stdout).toBe("");
  });

  it("gives the advice in Japanese unless the locale is English", async () => {
    const { LANG: _lang, LC_ALL: _all, LC_MESSAGES: _messages, ...env } = process.env;
    const { stderr } = await jpkiBench(["run", "XX-99"], { env });
    expect(stderr).toContain("jpki-bench list で id を確認できます。");
  });

  it("shows a stack trace only when asked", async () => {
    const { stderr } = await jpkiBench(["run", "XX-99", "--verbose"]);
    expect(stderr).toContain("    at ");
  });

  it("goes on where nobody reads what it prints", async () => {
    const child = spawn(process.execPath, [BIN, "platform", "modes"], { stdio: "pipe" });
    child.stdout.destroy();
    const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect({ said, exitCode }).toEqual({ said: "", exitCode: 0 });
  });
});

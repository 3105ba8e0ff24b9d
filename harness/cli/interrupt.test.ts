/** A run that is stopped still says what ran. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { BIN, jpkiBench } from "./testing/cli.ts";

const HARNESS = new URL("../harness/index.ts", pathToFileURL(BIN)).href;

/** The second scenario asks somebody who never answers, and so tells that it has begun. */
const scenarios = (silent: string) => `
import { scenario } from "${HARNESS}";
const about = (title) => ({ title: { ja: title, en: title }, system: "own", source: "-", effect: "read-only" });
scenario("OWN-01", about("quick"), async () => {});
scenario("OWN-02", about("never ends"), () => fetch("${silent}"));
`;

let folder: string;
let silent: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-interrupt-"));
  mkdirSync(join(folder, "scenarios"));
  silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  writeFileSync(join(folder, "scenarios/own.scenario.mjs"), scenarios(`http://127.0.0.1:${port}/`));
});

afterEach(() => {
  silent.closeAllConnections();
  silent.close();
  rmSync(folder, { recursive: true });
});

/** How the signal reaches the run: a service manager tells one process, Ctrl+C the whole group. */
it.each([
  ["the process", 1],
  ["its group", -1],
])(
  "writes its reports and exits with 130 when %s gets SIGINT",
  { timeout: 60_000 },
  async (_to, sign) => {
    const words = [BIN, "run", "OWN", "--out", "out", "--lang", "en"];
    const child = spawn(process.execPath, words, {
      cwd: folder,
      stdio: "ignore",
      detached: true,
    });
    const ended = once(child, "exit");
    await once(silent, "request");
    process.kill(sign * (child.pid ?? 0), "SIGINT");
    await ended;

    expect(child.exitCode).toBe(130);
    const journal = readFileSync(join(folder, "out/journal.ndjson"), "utf8").trimEnd().split("\n");
    expect(JSON.parse(journal.at(-1) ?? "")).toMatchObject({
      type: "run-ended",
      interrupted: true,
      passed: 1,
    });
    expect(readFileSync(join(folder, "out/report.html"), "utf8")).toContain("OWN-02");

    const shown = await jpkiBench(["report", "show", "out", "--json"], { cwd: folder });
    expect(shown.exitCode).toBe(1);
  },
);

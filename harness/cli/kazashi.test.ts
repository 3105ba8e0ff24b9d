/** `kazashi install`, and the native host it installs, as a browser would start it: over two pipes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeFrame, FrameReader } from "../../simulator/client-software/native/frames.ts";
import { type LabClient, labClient } from "../../simulator/lab/index.ts";
import { jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

const ORIGIN = "https://library.example.jp";
const READ = { step: "open", origin: ORIGIN, use: "registration", place: "face-to-face" };

interface Manifest {
  readonly path: string;
  readonly allowed_origins: readonly string[];
}

describe("the installed native host", () => {
  let folder: string;
  let lab: RunningLab;
  let client: LabClient;
  let manifest: Manifest;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kazashi-cli-"));
    lab = await startLab(["--state", join(folder, "lab")]);
    client = labClient(lab.ready.console);
    manifest = await install("--register", ORIGIN);
  });

  afterAll(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true });
  });

  async function install(...words: string[]): Promise<Manifest> {
    const places = ["--out", join(folder, "out"), "--browser", join(folder, "browser")];
    const log = ["--log", join(folder, "host.log")];
    const asked = ["--lab", lab.ready.console, ...places, ...log, ...words];
    const { stdout, stderr } = await jpkiBench(["kazashi", "install", "--json", ...asked]);
    expect(stderr).toBe("");
    return JSON.parse(readFileSync(JSON.parse(stdout).manifest, "utf8"));
  }

  /** Starts the host, says everything at once and lets it go. */
  async function converse(messages: unknown[], caller = manifest.allowed_origins[0] ?? "") {
    const host = spawn(manifest.path, [caller], { stdio: "pipe" });
    const frames = new FrameReader();
    const answers: unknown[] = [];
    const errors: string[] = [];
    host.stdout.on("data", (bytes: Uint8Array) => answers.push(...frames.push(bytes)));
    host.stderr.on("data", (bytes: Uint8Array) => errors.push(String(bytes)));
    host.stdin.on("error", () => undefined);
    for (const message of messages) host.stdin.write(encodeFrame(message, 1 << 20));
    host.stdin.end();
    const [exitCode] = await once(host, "close");
    return { answers, exitCode, stderr: errors.join("") };
  }

  it("says that no card lies on the lab's reader", async () => {
    const certificate = { ...READ, operation: "certificate" };
    const { answers } = await converse([certificate, { step: "perform" }]);
    expect(answers[1]).toEqual({ reason: "CARD_MISSING" });
  });

  it("reads the card that lies there, with the PIN it is given, and logs no PIN", async () => {
    const [{ resident = "", pins = {} } = {}] = lab.ready.cards;
    await client("insertCard", { name: "counter", card: `${resident}-1` });
    const attributes = { ...READ, operation: "attributes" };
    const { answers, exitCode } = await converse([attributes, { step: "perform", pin: pins.text }]);
    const { name } = await client("getResident", { id: resident });
    expect(answers).toEqual([{ application_version: "1.0.0" }, expect.anything()]);
    expect((answers[1] as { name?: string }).name === name).toBe(true);
    expect(exitCode).toBe(0);
    const log = readFileSync(join(folder, "host.log"), "utf8");
    expect(log).toContain("‹PIN›");
    expect(log).not.toContain(name);
  });

  it("tells that the 生年月日PIN does not fit, and how many tries are left", async () => {
    const touch = { ...READ, use: "touch", operation: "authenticity", birth_date_key: "000101" };
    const { answers } = await converse([touch, { step: "perform" }]);
    expect(answers[1]).toEqual({ reason: "BIRTH_DATE_MISMATCH", tries_left: 9 });
  });

  it("serves no page that nobody registered, and no other extension", async () => {
    const stranger = { ...READ, operation: "certificate", origin: "https://other.example" };
    expect((await converse([stranger])).answers).toEqual([{ reason: "ORIGIN_NOT_REGISTERED" }]);
    const other = await converse([], `chrome-extension://${"a".repeat(32)}/`);
    expect(other).toMatchObject({ answers: [], exitCode: 1 });
    expect(other.stderr).toContain("CLIENT_SOFTWARE_REFUSED");
  });

  it("goes by the names it was installed with", async () => {
    const names = join(folder, "names.json");
    writeFileSync(names, JSON.stringify({ reasons: { originNotRegistered: "E-01" } }));
    manifest = await install("--names", names);
    const stranger = { ...READ, operation: "certificate", origin: "https://other.example" };
    expect((await converse([stranger])).answers).toEqual([{ reason: "E-01" }]);
  });

  it.each([
    ["an unknown project", ["--project", "moon"], "PROJECT_UNKNOWN"],
    ["MKPF without a reader", ["--mkpf", "http://127.0.0.1:1"], "CLI_USAGE"],
    ["names that are not JSON", ["--names", "package.json.md"], "FILE_UNREADABLE"],
  ])("is not installed for %s", async (_what, words, code) => {
    const { exitCode, stderr } = await jpkiBench([
      ...["kazashi", "install", "--lab", lab.ready.console],
      ...["--out", join(folder, "never"), "--browser", join(folder, "never"), ...words],
    ]);
    expect(stderr).toContain(code);
    expect(exitCode).toBe(2);
  });
});

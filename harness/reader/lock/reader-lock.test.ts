import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { pcscIdentity, serialIdentity } from "./reader-identity.ts";
import { lockReader, type ReaderLock } from "./reader-lock.ts";

const HOLDER = fileURLToPath(new URL("testing/holder.ts", import.meta.url));

let children: ChildProcess[] = [];
let locks: ReaderLock[] = [];

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(locks.map((lock) => lock.release()));
  children = [];
  locks = [];
});

/** Of this test process alone, so that two runs of the tests do not meet. */
const identity = (name: string) => `test reader ${name} of ${process.pid}`;

async function take(name: string): Promise<ReaderLock> {
  const lock = await lockReader(identity(name), "this test");
  locks.push(lock);
  return lock;
}

async function heldElsewhere(name: string): Promise<ChildProcess> {
  const words = ["--import", "tsx", HOLDER, identity(name)];
  const child = spawn(process.execPath, words, { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

it("is one holder's until it is released", async () => {
  const lock = await take("a");
  await expect(take("a")).rejects.toMatchObject({
    code: "READER_LOCKED",
    message: expect.stringMatching(
      new RegExp(`^${identity("a")} is held by process ${process.pid} \\(this test\\) since 2`),
    ),
  });
  await lock.release();
  expect((await take("a")).identity).toBe(identity("a"));
});

it("leaves other readers alone", async () => {
  await take("a");
  expect((await take("b")).identity).toBe(identity("b"));
});

it("holds between processes, and not beyond the death of one", { timeout: 60_000 }, async () => {
  const child = await heldElsewhere("a");
  await expect(take("a")).rejects.toMatchObject({
    code: "READER_LOCKED",
    message: expect.stringContaining(`process ${child.pid} (test holder)`),
  });
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  expect((await take("a")).identity).toBe(identity("a"));
});

it("knows a serial device by any of its names, and a PC/SC reader by its service", () => {
  const folder = mkdtempSync(join(tmpdir(), "jpki-identity-"));
  writeFileSync(join(folder, "ttyUSB0"), "");
  symlinkSync(join(folder, "ttyUSB0"), join(folder, "by-id"));
  const [one, other] = ["ttyUSB0", "by-id"].map((name) => serialIdentity(join(folder, name)));
  rmSync(folder, { recursive: true });
  expect(one).toBe(other);
  expect(serialIdentity("COM3")).toBe("serial COM3");
  expect(pcscIdentity("R", "/run/a")).not.toBe(pcscIdentity("R", "/run/b"));
  expect(pcscIdentity("R", "")).toBe('pcsc "R"');
});

/** A short hunt for the CA, and that it finds what it is for. `npm run kill:ca` is the long one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TEST_KEY_POOL } from "../../../../simulator/lab/testing/keys.ts";
import { huntCa } from "./ca-hunt.ts";
import { FROM_SOURCES, planted } from "./victims.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-kill-ca-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("a CA that is killed again and again keeps every revocation it answered", {
  timeout: 300_000,
}, async () => {
  const victim = (state: string) => [...FROM_SOURCES.ca, state, TEST_KEY_POOL];
  const figures = await huntCa({ kills: 4, seed: "ca", folder, victim });
  expect(figures.kills).toBe(4);
  expect(figures.acknowledged).toBeGreaterThan(0);
});

it("a CA that answers before it has saved is found out", { timeout: 300_000 }, async () => {
  const victim = (state: string) => [...planted(FROM_SOURCES.ca), state, TEST_KEY_POOL];
  const hunt = { kills: 5, seed: "late", folder, victim, env: { KILL_PLANT: "late" } };
  await expect(huntCa({ ...hunt, aim: "answer" })).rejects.toMatchObject({
    name: "Violation",
    message: expect.stringMatching(/in the place of|is lost/),
  });
});

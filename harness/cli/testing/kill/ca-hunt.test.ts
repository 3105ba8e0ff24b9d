/** A short hunt for the CA, and that it finds what it is for. `npm run kill:ca` is the long one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
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
  timeout: 180_000,
}, async () => {
  const figures = await huntCa({ kills: 4, seed: "ca", folder, lab: FROM_SOURCES.lab });
  expect(figures.kills).toBe(4);
  expect(figures.acknowledged).toBeGreaterThan(0);
});

it("a CA that answers before it has saved is found out", { timeout: 180_000 }, async () => {
  const lab = planted(FROM_SOURCES.lab);
  const hunt = { kills: 5, seed: "late", folder, lab, env: { KILL_PLANT: "late" } };
  await expect(huntCa({ ...hunt, aim: "answer" })).rejects.toMatchObject({
    name: "Violation",
    message: expect.stringMatching(/in the place of|is lost/),
  });
});

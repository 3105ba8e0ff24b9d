/** A short hunt for the card, and that it finds what it is for. `npm run kill:card` is the long one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { huntHolderCard } from "./holder-card.ts";
import { FROM_SOURCES, planted } from "./victims.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-kill-card-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("a card that is killed again and again neither gains a try nor is lost", {
  timeout: 300_000,
}, async () => {
  const kills = 10;
  const hunt = { kills, seed: "card", folder, holder: FROM_SOURCES.card };
  const { starting, before, writing, written, after, answered } = await huntHolderCard(hunt);
  expect(starting + before + writing + written + after).toBe(kills);
  expect(answered.nothing).toBeGreaterThan(0);
});

it("a card that answers before it has saved is found out", { timeout: 300_000 }, async () => {
  const holder = planted(FROM_SOURCES.card);
  const hunt = { kills: 20, seed: "late", folder, holder, env: { KILL_PLANT: "late" } };
  await expect(huntHolderCard({ ...hunt, aim: "answer" })).rejects.toMatchObject({
    name: "Violation",
    message: expect.stringContaining("tries left in the place of"),
  });
});

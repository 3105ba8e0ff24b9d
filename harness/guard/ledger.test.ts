import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CardLedger } from "./ledger.ts";

const CARD = `sha256:${"a".repeat(64)}`;
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-ledger-"));
  file = join(folder, "ledger.ndjson");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("is known to the process that follows, down to the reason of a latch", () => {
  const first = new CardLedger(file);
  first.charge(CARD, "auth");
  first.charge(CARD, "auth");
  first.charge(CARD, "sign");
  first.giveBack(CARD, "auth", 1);
  first.latch(CARD, "first reason");
  first.latch(CARD, "second reason");
  const next = new CardLedger(file);
  expect(next.cards).toEqual([CARD]);
  expect(next.charged(CARD)).toEqual({ auth: 1, sign: 1, text: 0, other: 0 });
  expect(next.latched(CARD)).toBe("first reason");
});

it("loses nothing to a line that a dying process left unfinished", () => {
  new CardLedger(file).charge(CARD, "auth");
  appendFileSync(file, `\n{"card":"${CARD}","entry":"cha`);
  new CardLedger(file).charge(CARD, "text");
  expect(new CardLedger(file).charged(CARD)).toEqual({ auth: 1, sign: 0, text: 1, other: 0 });
});

it("knows nothing of a card nobody wrote of", () => {
  const ledger = new CardLedger();
  expect(ledger.charged(CARD)).toEqual({ auth: 0, sign: 0, text: 0, other: 0 });
  expect(ledger.latched(CARD)).toBeUndefined();
});

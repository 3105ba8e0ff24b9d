import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabCard } from "../../simulator/lab/index.ts";
import { Secret } from "../card/index.ts";
import type { CounterUnderTest } from "./system-under-test.ts";
import { openTown, type Town } from "./testing/town.ts";

const PIN = new Secret("1234");
const HOUR = 60 * 60 * 1000;

let town: Town;
let card: LabCard;
let counter: CounterUnderTest;

beforeAll(async () => {
  town = await openTown();
  // Lists are issued at midnight: a test that began late in the evening would meet the next one.
  town.lab.clock.advance(untilMorning(town.lab.clock.now()));
  counter = town.systems.counter;
});
beforeEach(async () => {
  card = await town.lab.issueCard("adult");
  await counter.present(card.id);
});
afterAll(() => town[Symbol.asyncDispose]());

/** Milliseconds until nine o'clock in Japan, which is midnight in UTC. */
function untilMorning(now: Date): number {
  return 24 * HOUR - (now.getTime() % (24 * HOUR));
}

async function page(): Promise<string> {
  return (await fetch(town.parties.addresses.counter)).text();
}

describe("built-in window", () => {
  it("issues a seal certificate on a valid card whose holder knows the PIN", async () => {
    const issued = await counter.issueSealCertificate({ methods: "both", pin: PIN });
    expect(issued).toEqual({ done: true, receipt: "S-0001" });
    const shown = await page();
    expect(shown).toMatch(/有効：OCSP応答 20\d\d/);
    expect(shown).toMatch(/有効：失効リスト 第\d+号/);
  });

  it("does not issue without the PIN, tells the tries left and tries nothing again", async () => {
    const wrong = await counter.issueSealCertificate({ methods: "ocsp", pin: new Secret("9999") });
    expect(wrong).toMatchObject({ done: false, reason: "pinWrong" });
    expect(wrong).toMatchObject({ text: expect.stringMatching(/残り 2 回/) });
    const spelt = await counter.issueSealCertificate({ methods: "ocsp", pin: new Secret("12") });
    expect(spelt).toMatchObject({ done: false, reason: "pinFormat" });
    expect(await counter.issueSealCertificate({ methods: "ocsp", pin: PIN })).toMatchObject({
      done: true,
    });
  });

  it("asks for a card, and for one with a certificate", async () => {
    await counter.present("");
    expect(await counter.issueSealCertificate({ methods: "ocsp", pin: PIN })).toMatchObject({
      reason: "noCard",
    });
  });

  it("never takes 確認不可 for valid, and spends no try on it", async () => {
    town.lab.jpki.faults.ocsp = "reset";
    const unchecked = await counter.issueSealCertificate({
      methods: "ocsp",
      pin: new Secret("9999"),
    });
    town.lab.jpki.faults.ocsp = "none";
    expect(unchecked).toMatchObject({
      done: false,
      reason: "unconfirmed",
      text: expect.stringContaining("有効とは扱わず"),
    });
    town.lab.localAuthPf.faults.plan({ mode: "reset" });
    const cut = await counter.issueSealCertificate({ methods: "ocsp", pin: PIN });
    town.lab.localAuthPf.faults.clear();
    expect(cut).toMatchObject({ done: false, reason: "unconfirmed" });
  });

  it("does not call a certificate invalid when its own access has been stopped", async () => {
    const { localAuthPf } = town.lab;
    const [access] = localAuthPf.state().accesses;
    localAuthPf.setAccessState(access?.id ?? "", "stopped");
    const refused = await counter.issueSealCertificate({ methods: "ocsp", pin: PIN });
    localAuthPf.setAccessState(access?.id ?? "", "active");
    expect(refused).toMatchObject({
      done: false,
      reason: "PLATFORM_REFUSED",
      text: expect.stringContaining("証明書が無効という意味ではありません"),
    });
  });

  it("says which of two different answers counts", async () => {
    town.lab.counter.lose(card.resident);
    town.lab.clock.advance(HOUR);
    const form = { document: "seal", methods: "both", pin: "1234" };
    const { counter: address } = town.parties.addresses;
    const body = new URLSearchParams(form);
    const page = await (await fetch(`${address}/applications`, { method: "POST", body })).text();
    expect(page).toContain("失効を採ります");
    expect(page).toContain("紛失などによる一時停止");
  });

  it("turns a revoked card away by OCSP while the list does not know yet (LA-03, LA-10)", async () => {
    town.lab.counter.lose(card.resident);
    town.lab.clock.advance(HOUR);
    const refused = await counter.issueSealCertificate({ methods: "both", pin: PIN });
    expect(refused).toMatchObject({
      done: false,
      reason: "revoked",
      text: expect.stringContaining("失効"),
    });
    const shown = await page();
    expect(shown).toMatch(/失効：OCSP応答.*<br>\n有効：失効リスト/);
    expect(shown).toContain("交付せず");
  });

  it("turns an expired card away, and says what to offer", async () => {
    town.lab.clock.advance(6 * 366 * 24 * HOUR);
    expect(await counter.issueSealCertificate({ methods: "ocsp", pin: PIN })).toMatchObject({
      done: false,
      reason: "expired",
      text: expect.stringContaining("更新手続き"),
    });
  });
});

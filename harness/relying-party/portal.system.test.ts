/** The built-in portal and window in a real Chromium, as residents and clerks see them. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabCard } from "../../simulator/lab/index.ts";
import {
  CHROMIUM_PARTS,
  type KazashiChromium,
  startKazashiChromium,
} from "../client-software/testing/chromium.ts";
import { systemParts } from "../reader/testing/require-system.ts";
import { arriveAt, picture } from "./testing/pictures.ts";
import { openTown, type Town } from "./testing/town.ts";

const system = systemParts(CHROMIUM_PARTS);

describe.skipIf(system.missing.length > 0)(system.title("portal and window in Chromium"), () => {
  let town: Town;
  let browser: KazashiChromium;
  let page: Page;
  let card: LabCard;

  beforeAll(async () => {
    town = await openTown({ seed: "portal" });
    card = await town.lab.issueCard("adult");
    await town.lab.issueCard("adult");
    browser = await startKazashiChromium({ extension: false });
    page = await browser.context.newPage();
    page.setDefaultTimeout(20_000);
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await town?.[Symbol.asyncDispose]();
  });

  async function respond(outcome: string): Promise<void> {
    await arriveAt(page, "test-response");
    await page.locator("select[name=card]").selectOption(card.id);
    await page.locator(`input[name=outcome][value="${outcome}"]`).check();
    await page.getByRole("button", { name: "設定" }).click();
  }

  it("shows the screen that stands in for a phone, by the name of the service", async () => {
    await page.goto(town.parties.addresses.portal);
    await page.getByRole("button", { name: "デジタル認証アプリでログイン" }).click();
    await arriveAt(page, "test-response");
    expect(await page.locator("main").textContent()).toContain("試験市 住民ポータル");
    const consents = page.locator("input[name=consent]");
    expect(await consents.count()).toBe(4);
    await picture(page, "test-card-screen");
  });

  it("tells somebody who cancels in the app that they can try again", async () => {
    await respond("cancelled");
    await arriveAt(page, "notSignedIn");
    expect(await page.locator("main").textContent()).toContain("もう一度お試しいただけます");
  });

  it("logs in, signs an application and logs out", async () => {
    await page.goto(town.parties.addresses.portal);
    await page.getByRole("button", { name: "デジタル認証アプリでログイン" }).click();
    await respond("normal");
    await arriveAt(page, "home");
    expect((await page.locator("dl").textContent())?.includes(card.resident.name)).toBe(true);
    await page.getByLabel("申請の内容").fill("住民票の写し（世帯全員）1通の郵送を申請します。");
    await page.getByRole("button", { name: "電子署名をして提出" }).click();
    await respond("normal");
    await arriveAt(page, "home");
    expect(await page.getByRole("status").textContent()).toContain("受付番号 P-0001");
    expect(await page.getByRole("table").textContent()).toContain("検証済み");
    await picture(page, "portal");
    await page.getByRole("button", { name: "ログアウト" }).click();
    await arriveAt(page, "welcome");
  });

  async function applyAtWindow(): Promise<void> {
    await page.goto(town.parties.addresses.counter);
    await page.getByLabel("試験カードを置く").selectOption(card.id);
    await page.getByRole("button", { name: "置く" }).click();
    await page.getByLabel("両方式").check();
    await page.getByLabel("利用者証明用暗証番号").fill(card.pins.auth ?? "");
    await page.getByRole("button", { name: "確認して交付" }).click();
  }

  it("issues a seal certificate at the window, with the evidence of both methods", async () => {
    await applyAtWindow();
    await arriveAt(page, "issued");
    const rows = page.getByRole("row");
    expect(await rows.nth(1).textContent()).toMatch(/OCSP方式.*有効.*OCSP応答/s);
    expect(await rows.nth(2).textContent()).toMatch(/CRL方式.*有効.*失効リスト/s);
  });

  it("issues none on a card that was reported lost, says why and what to do", async () => {
    town.lab.counter.lose(card.resident);
    town.lab.jpki.publishNow();
    await applyAtWindow();
    await arriveAt(page, "refused");
    const row = page.getByRole("row").nth(1);
    expect(await row.textContent()).toMatch(/失効.*一時停止.*certificateHold.*新規発行/s);
    await picture(page, "counter");
  });
});

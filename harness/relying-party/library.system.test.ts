/**
 * The built-in library at a staff terminal as it is: Chromium with かざし利用クライアントソフト, its native
 * host, pcscd and two virtual readers with cards of the lab.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabCard } from "../../simulator/lab/index.ts";
import { VpcdCard } from "../../simulator/reader/index.ts";
import { cardIdentity } from "../card/index.ts";
import {
  CHROMIUM_PARTS,
  type KazashiChromium,
  startKazashiChromium,
} from "../client-software/testing/chromium.ts";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { arriveAt, picture } from "./testing/pictures.ts";
import { openTown, type Town } from "./testing/town.ts";

const system = systemParts([...PCSCD_PARTS, "pcsclite", ...CHROMIUM_PARTS]);

const BOOKS = ["3100000017", "3100000082"] as const;

describe.skipIf(system.missing.length > 0)(system.title("the library in Chromium"), () => {
  let folder: string;
  let town: Town;
  let pcscd: Pcscd;
  let browser: KazashiChromium;
  let page: Page;
  let cards: readonly LabCard[];
  let inserted: readonly VpcdCard[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "library-test-"));
    town = await openTown({ seed: "library" });
    cards = [await town.lab.issueCard("adult"), await town.lab.issueCard("adult")];
    pcscd = await startPcscd();
    inserted = await Promise.all(
      cards.map(({ card }, slot) => VpcdCard.connect({ card, port: pcscd.ports[slot] ?? 0 })),
    );
    await Promise.all(cards.map((_card, slot) => pcscd.cardSeen(slot)));
    nextInLine(0);
    browser = await startKazashiChromium({ settings: settings(), env: pcscd.env });
    page = await browser.context.newPage();
    page.setDefaultTimeout(20_000);
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    for (const card of inserted ?? []) await card.close();
    await pcscd?.stop();
    await town?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  function settings() {
    const { keyId, publicKey } = town.lab.cvAnchors.visual;
    return {
      mkpf: town.lab.addresses.mkpf.verification,
      reader: { config: join(folder, "bench.config.json"), project: "desk" },
      anchors: [
        {
          keyId: Buffer.from(keyId).toString("hex"),
          publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
        },
      ],
    };
  }

  /** The terminal works with the reader of one patron; the native host reads this at each start. */
  function nextInLine(slot: 0 | 1): void {
    const serial = Number.parseInt(cards[slot]?.authSerial ?? "", 16);
    const { certificate } = town.lab.jpki.authorityOf(serial).find(serial);
    const desk = {
      reader: { driver: "pcsc", name: pcscd.readers[slot] },
      testCard: { id: cardIdentity(certificate) },
    };
    writeFileSync(join(folder, "bench.config.json"), JSON.stringify({ projects: { desk } }));
  }

  /** At MKPF's own page: the card is read with both PINs, and the patron agrees. */
  async function registerAtMkpf(card: LabCard | undefined): Promise<void> {
    await page.locator("#client-software button").click();
    await browser.typePin(card?.pins.auth ?? "");
    await browser.typePin(card?.pins.text ?? "");
    await page.locator("button[value=allow]").click();
  }

  /** Nobody is at the desk any more. */
  async function done(): Promise<void> {
    await page.getByRole("button", { name: "対応を終える" }).click();
    await arriveAt(page, "reception");
  }

  async function lendByTouch(barcode: string): Promise<void> {
    await page.getByRole("button", { name: "かざして利用者を確認" }).click();
    await arriveAt(page, "patron");
    await page.getByLabel("資料番号").fill(barcode);
    await page.getByRole("button", { name: "貸出し" }).click();
    await page.getByText("貸し出しました").waitFor();
  }

  it("asks somebody whose card is not registered to register", async () => {
    await page.goto(town.parties.addresses.library);
    await page.getByRole("button", { name: "かざして利用者を確認" }).click();
    await arriveAt(page, "refused");
    expect(await page.getByRole("alert").textContent()).toContain("暗証番号による利用登録");
  });

  it("links a library card to a card (A), and lends a book by touch, without PIN", async () => {
    await page.goto(town.parties.addresses.library);
    await page.getByLabel("利用者番号").selectOption("10000017");
    await page.getByRole("button", { name: "一体化する" }).click();
    await registerAtMkpf(cards[0]);
    await arriveAt(page, "patron");
    expect(await page.getByRole("status").textContent()).toContain("一体化しました");
    await done();

    await lendByTouch(BOOKS[0]);
    const table = page.getByRole("table");
    expect(await table.textContent()).toContain("銀河鉄道の夜");
    expect(await table.textContent()).toContain("見本 さくら");
  });

  it("registers a new patron with 4情報 (B), and lends a book by touch", async () => {
    nextInLine(1);
    const [, card] = cards;
    await done();
    await page.getByRole("button", { name: "新規ユーザー登録" }).click();
    await registerAtMkpf(card);
    await arriveAt(page, "newcomer");
    expect((await page.locator("dl").textContent())?.includes(card?.resident.name ?? "?")).toBe(
      true,
    );
    await page.getByLabel("電話番号").fill("000-0000-0033");
    await page.getByRole("button", { name: "登録する" }).click();
    await arriveAt(page, "patron");
    await done();

    await lendByTouch(BOOKS[1]);
    expect(await page.getByRole("table").textContent()).toContain("ごん狐");
    await picture(page, "library");
    await page.getByRole("button", { name: "返却", exact: false }).first().click();
    await page.getByText("返却を受け付けました").waitFor();
    expect(await page.locator("main").getAttribute("data-loans")).toBe("0");
  });
});

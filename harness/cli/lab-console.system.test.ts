/** The lab's web page in a real browser: what a person does there happens in the world. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LabClient, labClient } from "../../simulator/lab/index.ts";
import { CHROMIUM_FLAGS } from "../client-software/testing/chromium.ts";
import { systemParts } from "../reader/testing/require-system.ts";
import { type RunningLab, startLab } from "./testing/cli.ts";

const system = systemParts(["chromium"]);

describe.skipIf(system.missing.length > 0)(system.title("the lab's page in Chromium"), () => {
  let folder: string;
  let lab: RunningLab;
  let browser: Browser;
  let page: Page;
  let control: LabClient;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-console-"));
    lab = await startLab(["--state", join(folder, "state")]);
    control = labClient(lab.ready.console);
    await control("setClock", { now: "2031-04-01T00:00:00.000Z", running: false });
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: CHROMIUM_FLAGS });
    page = await browser.newPage();
    await page.goto(lab.ready.console);
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
    rmSync(folder, { recursive: true });
  });

  const press = (label: string) => page.getByRole("button", { name: label, exact: true }).click();

  it("moves the clock", async () => {
    await press("+1日");
    await page.getByText("2031-04-02 09:00:00").waitFor();
    expect((await control("getClock")).now).toBe("2031-04-02T00:00:00.000Z");
  });

  it("puts a card on the reader, and takes it out", async () => {
    await press("置く");
    await page.getByText("→ counter").waitFor();
    expect((await control("getCard", { id: "R0001-1" })).reader).toBe("counter");
    await press("リーダーから取る");
    await page.getByText("→ counter").waitFor({ state: "detached" });
    expect(await control("getCard", { id: "R0001-1" })).not.toHaveProperty("reader");
  });

  it("offers each service its own faults, and plans one with numbers", async () => {
    const form = page.locator(".fault form");
    await form.getByLabel("サービス").selectOption("mkpfVerification");
    await form.getByLabel("障害").selectOption("latency");
    await form.getByLabel("量").fill("800");
    await form.getByLabel("回数").fill("2");
    await form.getByRole("button").click();
    await page.getByText("量 800、2回").waitFor();
    expect(await control("listFaults")).toEqual([
      { service: "mkpfVerification", mode: "latency", amount: 800, times: 2 },
    ]);
  });

  it("says why something was refused, and what to do", async () => {
    await page.getByLabel("ライフイベント").selectOption("find");
    await page
      .locator("form", { has: page.getByLabel("ライフイベント") })
      .getByRole("button")
      .click();
    const told = page.getByRole("alert");
    await told.getByText("RESIDENT_REFUSED").waitFor();
    expect(await told.textContent()).toMatch(/resident show で確認してください/);
  });
});

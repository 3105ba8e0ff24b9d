/**
 * The browser edition in a real Chromium: page, extension, PIN window, native host, pcscd and a virtual
 * reader with a card of the lab in it.
 */
import { verify, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eraYear } from "../../simulator/card/codes.ts";
import { Lab, type LabCard } from "../../simulator/lab/index.ts";
import { VpcdCard } from "../../simulator/reader/index.ts";
import { cardIdentity } from "../card/index.ts";
import { cacheFolder } from "../config/folders.ts";
import type { PendingAuthorization } from "../platform/index.ts";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { until } from "../reader/testing/until.ts";
import { openCounter } from "../scenario/platform/counter.ts";
import {
  CHROMIUM_PARTS,
  type KazashiChromium,
  startKazashiChromium,
  typeInto,
} from "./testing/chromium.ts";
import { callKazashi, type PageServer, startPageServer } from "./testing/page-server.ts";

const system = systemParts([...PCSCD_PARTS, "pcsclite", ...CHROMIUM_PARTS]);

const AT = { use: "registration", place: "faceToFace" };
const CHALLENGE = Buffer.alloc(32, 0x5a);

describe.skipIf(system.missing.length > 0)(system.title("client software in Chromium"), () => {
  let folder: string;
  let lab: Lab;
  let card: LabCard;
  let pcscd: Pcscd;
  let inserted: VpcdCard;
  let server: PageServer;
  let browser: KazashiChromium;
  let page: Page;
  let log: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kazashi-test-"));
    log = join(folder, "host.log");
    lab = await Lab.open({ seed: "chromium", keys: cacheFolder("keys") });
    card = await lab.issueCard("adult");
    pcscd = await startPcscd();
    const [port] = pcscd.ports;
    inserted = await VpcdCard.connect({ card: card.card, ...(port !== undefined && { port }) });
    await pcscd.cardSeen(0);
    server = await startPageServer();
    register(server.origin);
    browser = await startKazashiChromium({ settings: settings(), env: pcscd.env });
    page = await open(browser);
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
    await inserted?.close();
    await pcscd?.stop();
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function register(origin: string): void {
    lab.mkpf.verification.registerClientSoftware({
      edition: "extension",
      name: "試験市 図書館",
      origin,
      sourceAddresses: ["127.0.0.1"],
    });
  }

  function certificateOf({ authSerial }: LabCard): Uint8Array {
    const serial = Number.parseInt(authSerial, 16);
    return lab.jpki.authorityOf(serial).find(serial).certificate;
  }

  function settings() {
    const config = join(folder, "bench.config.json");
    const certificate = certificateOf(card);
    const desk = {
      reader: { driver: "pcsc", name: pcscd.readers[0] },
      testCard: { id: cardIdentity(certificate) },
    };
    writeFileSync(config, JSON.stringify({ projects: { desk } }));
    const { keyId, publicKey } = lab.cvAnchors.visual;
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    return {
      mkpf: lab.addresses.mkpf.verification,
      reader: { config, project: "desk" },
      anchors: [{ keyId: Buffer.from(keyId).toString("hex"), publicKey: pem }],
      log,
    };
  }

  async function open({ context }: KazashiChromium): Promise<Page> {
    const opened = await context.newPage();
    await opened.goto(server.origin);
    return opened;
  }

  it("reads the certificate, without PIN", async () => {
    expect(await callKazashi(page, "detect")).toEqual({ version: "1.0.0" });
    const { certificate } = await callKazashi(page, "certificate", AT);
    expect(certificate).toBe(Buffer.from(certificateOf(card)).toString("base64"));
  });

  it("asks for PINs in a window of its own, and says who wants them", async () => {
    const signing = callKazashi(page, "authenticate", AT, CHALLENGE.toString("base64"));
    await browser.typePin(card.pins.auth ?? "");
    const { signature } = (await signing) as { signature: string };
    const { publicKey } = new X509Certificate(certificateOf(card));
    expect(verify("sha256", CHALLENGE, publicKey, Buffer.from(signature, "base64"))).toBe(true);
    const reading = callKazashi(page, "attributes", AT);
    const window = await browser.pinWindow();
    expect(await window.locator("body").textContent()).toContain(server.origin);
    await typeInto(window, card.pins.text ?? "");
    const { name, sex } = await reading;
    expect({ sex, own: name === card.resident.name }).toEqual({
      sex: card.resident.sex,
      own: true,
    });
  });

  it("lets the card prove itself genuine with the birth date, once", async () => {
    const at = { use: "touch", place: "faceToFace" };
    const { birthDate } = card.resident;
    const key = eraYear(birthDate) + birthDate.slice(4);
    expect(await callKazashi(page, "authenticity", at, key)).toEqual({ genuine: true });
    const wrong = key.endsWith("1") ? `${key.slice(0, 5)}2` : `${key.slice(0, 5)}1`;
    expect(await callKazashi(page, "authenticity", at, wrong)).toMatchObject({
      reason: "birthDateMismatch",
      details: { triesLeft: 9 },
    });
    expect(await callKazashi(page, "authenticity", { ...at, place: "online" }, key)).toMatchObject({
      reason: "placeNotAllowed",
    });
  });

  it("tells the tries that a wrong PIN leaves", async () => {
    const reading = callKazashi(page, "attributes", AT);
    await browser.typePin("0000");
    expect(await reading).toMatchObject({ reason: "pinWrong", details: { triesLeft: 2 } });
  });

  it("is cancelled by closing the window, and busy while it is open", async () => {
    const other = await open(browser);
    const reading = callKazashi(page, "attributes", AT);
    const window = await browser.pinWindow();
    expect(await callKazashi(other, "certificate", AT)).toMatchObject({ reason: "busy" });
    await window.close();
    expect(await reading).toMatchObject({ reason: "cancelled" });
    await other.close();
  });

  it("refuses a page of an origin that nobody registered", async () => {
    const stranger = await browser.context.newPage();
    await stranger.goto(server.origin.replace("127.0.0.1", "localhost"));
    expect(await callKazashi(stranger, "attributes", AT)).toMatchObject({
      reason: "originNotRegistered",
    });
    await stranger.close();
  });

  it("fails once when the service worker is stopped during PIN entry, then works", async () => {
    const reading = callKazashi(page, "attributes", AT);
    const window = await browser.pinWindow();
    const closed = window.waitForEvent("close");
    await browser.stopWorker();
    expect(await reading).toMatchObject({ reason: "extensionRestarted" });
    await closed;
    const again = callKazashi(page, "attributes", AT);
    await browser.typePin(card.pins.text ?? "");
    expect(await again).toHaveProperty("sex");
  });

  it("sends no PIN to a host that has crashed", async () => {
    const reading = callKazashi(page, "attributes", AT);
    const window = await browser.pinWindow();
    const verifications = pinsInLog();
    for (const host of runningHosts()) process.kill(host, "SIGKILL");
    await until(() => runningHosts().length === 0, "the host is gone");
    await typeInto(window, card.pins.text ?? "");
    expect(await reading).toMatchObject({ reason: "hostCrashed" });
    expect(pinsInLog()).toBe(verifications);
  });

  it("leaves the PIN in no log, console or file of the browser", async () => {
    const pins = ["8306", "5719", "9462"];
    for (const pin of pins) {
      lab.counter.unblock(card, "text", pin);
      const reading = callKazashi(page, "attributes", AT);
      await browser.typePin(pin);
      expect(await reading).toHaveProperty("sex");
    }
    lab.counter.unblock(card, "text", card.pins.text);
    const outputs = await browser.files();
    outputs.set("host.log", readFileSync(log, "latin1"));
    outputs.set("console", browser.console.join("\n"));
    outputs.set("browser.log", browser.log.join("\n"));
    expect(readFileSync(log, "utf8")).toContain("‹PIN›");
    // Four digits turn up by chance in a profile of megabytes; all three PINs in one file do not.
    const leaks = [...outputs].filter(([, text]) => pins.every((pin) => text.includes(pin)));
    expect(leaks.map(([path]) => path)).toEqual([]);
  });

  it("registers a patron at MKPF's own page, and knows them again by a touch", {
    timeout: 300_000,
  }, async () => {
    const { verification } = lab.mkpf;
    const at = { platform: verification, issuer: lab.addresses.mkpf.verification };
    const redirectUri = `${server.origin}/`;
    const library = await openCounter(lab, at, "試験市 図書館", { redirectUri, sink: () => {} });
    const display = await browser.context.newPage();
    const arriveBy = async (pending: PendingAuthorization, act: () => Promise<void>) => {
      await display.goto(pending.url.href);
      await act();
      await display.waitForURL(
        ({ searchParams }) =>
          searchParams.get("state") === pending.state && !searchParams.has("nonce"),
      );
      return library.client.finish(new URL(display.url()), pending);
    };

    const stranger = await library.client.begin({ mode: "touch" });
    const refusal = arriveBy(stranger, async () => {});
    await expect(refusal).rejects.toMatchObject({ detail: "REGISTRATION_REQUIRED" });

    const newcomer = await library.client.begin({ mode: "register", attributes: true });
    const { visitor } = await arriveBy(newcomer, async () => {
      await display.locator("#client-software button").click();
      await browser.typePin("0000");
      const trouble = display.locator("#client-software .trouble");
      await trouble.getByText("残り2回").waitFor();
      await display.locator("#client-software button").click();
      await browser.typePin(card.pins.auth ?? "");
      await browser.typePin(card.pins.text ?? "");
      await display.locator("button[value=allow]").click();
    });
    expect(visitor.attributes?.name === card.resident.name).toBe(true);

    const returning = await library.client.begin({ mode: "touch" });
    const touched = await arriveBy(returning, async () => {});
    expect(touched.visitor.ppid).toBe(visitor.ppid);
    await display.close();
  });

  it("says so when the native host, or the extension, is not installed", async () => {
    const { env } = pcscd;
    await using hostless = await startKazashiChromium({ env });
    const answer = await callKazashi(await open(hostless), "certificate", AT);
    expect(answer).toMatchObject({ reason: "hostMissing" });
    await using bare = await startKazashiChromium({ extension: false, env });
    const began = performance.now();
    expect(await callKazashi(await open(bare), "detect")).toMatchObject({ reason: "notInstalled" });
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  function pinsInLog(): number {
    return readFileSync(log, "utf8").split("‹PIN›").length - 1;
  }

  /** Hosts started with this test's settings. */
  function runningHosts(): number[] {
    const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return numbers.map(Number).filter((pid) => commandOf(pid).includes(browser.settings));
  }
});

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

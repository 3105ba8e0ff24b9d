import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalEvent } from "../journal/events.ts";
import { summarize } from "../journal/summarize.ts";
import { Chromium, findChromium } from "../testing/chromium.ts";
import { testFolder } from "../testing/folder.ts";
import { sampleRun } from "../testing/sample.ts";
import { html } from "./html.ts";

const command = findChromium();
const required = process.env.JPKI_BENCH_REQUIRE_SYSTEM === "1";

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 800 };

let browser: Chromium;

function pageOf(events: readonly JournalEvent[]): string {
  const path = join(testFolder(), "report.html");
  writeFileSync(path, [...html.render(summarize(events), { lang: "ja" })].join(""));
  return pathToFileURL(path).href;
}

/** Ids of the scenarios a person sees. */
function seen(): Promise<string[]> {
  return browser.evaluate(
    "[...document.querySelectorAll('details.scenario')].filter((d) => d.checkVisibility()).map((d) => d.querySelector('.id').textContent)",
  );
}

/** What a person can read in the element. */
function read(selector: string): Promise<string> {
  return browser.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`);
}

function click(selector: string): Promise<unknown> {
  return browser.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
}

async function type(words: string): Promise<void> {
  await browser.evaluate("document.querySelector('[name=words]').select()");
  await browser.call("Input.insertText", { text: words });
}

describe.skipIf(command === undefined && !required)("the report in Chromium", () => {
  beforeAll(async () => {
    if (command === undefined) throw new Error("apt-get install chromium");
    browser = await Chromium.start(command);
  });
  afterAll(() => browser?.close());

  it("narrows the list down by verdict, system and text", async () => {
    await browser.open(pageOf(sampleRun()), DESK);
    expect(await seen()).toHaveLength(10);
    expect(await read("#shown")).toBe("10件中 10件を表示");

    await click("[name=outcome][value=failed]");
    expect(await seen()).toEqual(["JK-03"]);
    expect(await read("#shown")).toBe("10件中 1件を表示");
    expect(await read("main")).not.toContain("カードリーダー 1件");

    await click("[name=outcome][value='']");
    await browser.evaluate(
      "(() => { const s = document.querySelector('[name=system]'); s.value = 'jpki'; s.dispatchEvent(new Event('input', { bubbles: true })); })()",
    );
    expect(await seen()).toEqual(["JK-01", "JK-02", "JK-03", "JK-10"]);

    await type("63C1 誤り");
    expect(await seen()).toEqual(["JK-03"]);

    await type("nothing like it");
    expect(await seen()).toEqual([]);
    expect(await read("#shown")).toBe("10件中 0件を表示");
  });

  it("finds full-width letters and bytes however they are spaced", async () => {
    await browser.open(pageOf(sampleRun()), DESK);

    await type("ＭＫ－０６");
    expect(await seen()).toEqual(["MK-06"]);

    await type("0020008004");
    expect(await seen()).toEqual(["JK-03"]);

    await type("00 20 00 80 04");
    expect(await seen()).toEqual(["JK-03"]);
  });

  it("carries the filters in its address", async () => {
    const url = pageOf(sampleRun());
    await browser.open(`${url}?outcome=passed&system=jpki&words=select&lang=en`, DESK);

    expect(await seen()).toEqual(["JK-01", "JK-02", "JK-10"]);
    expect(await read("#shown")).toBe("Showing 3 of 10");

    await type("password");
    expect(await seen()).toEqual(["JK-10"]);
    expect(await browser.evaluate("location.search")).toBe(
      "?outcome=passed&system=jpki&words=password&lang=en",
    );
  });

  it("opens the scenario a link points to, also when it was filtered away", async () => {
    await browser.open(pageOf(sampleRun()), DESK);
    await click("[name=outcome][value=passed]");

    await click(".broken a[href='#s-LA-02']");

    expect(await seen()).toHaveLength(10);
    expect(await read("#s-LA-02")).toContain("失効リストを取り寄せる");
  });

  it("opens and closes what is shown", async () => {
    await browser.open(`${pageOf(sampleRun())}?system=mkpf-2`, DESK);
    expect(await read("#s-MK-06")).not.toContain("OCSP producedAt");

    await click("[data-fold=open]");
    expect(await read("#s-MK-06")).toContain("OCSP producedAt");

    await click("[data-fold=closed]");
    expect(await read("#s-MK-06")).not.toContain("OCSP producedAt");
    expect(await browser.evaluate("document.querySelector('#s-JK-03').open")).toBe(true);
  });

  it("changes its language by keyboard, also where scripts are off", async () => {
    for (const script of [true, false]) {
      await browser.open(pageOf(sampleRun()), { ...DESK, script });
      expect(await read("h1")).toBe("接続試験 結果報告書");

      await browser.evaluate("document.getElementById('language-ja').focus()");
      const key = { key: "ArrowRight", code: "ArrowRight", windowsVirtualKeyCode: 39 };
      await browser.call("Input.dispatchKeyEvent", { type: "keyDown", ...key });
      await browser.call("Input.dispatchKeyEvent", { type: "keyUp", ...key });

      expect(await read("h1")).toBe("Connection Test Report");
      expect(await read("#s-JK-03 > summary")).toContain("A wrong PIN costs one try");
      expect(await read("main")).not.toMatch(/合格|手順/);
      expect(await browser.evaluate("document.documentElement.lang")).toBe(script ? "en" : "ja");
    }
  });

  it("can be read where scripts are off", async () => {
    await browser.open(pageOf(sampleRun()), { ...DESK, script: false });

    expect(await seen()).toHaveLength(10);
    expect(await browser.evaluate("document.querySelector('#filters').checkVisibility()")).toBe(
      false,
    );
    expect(await read("#s-JK-03")).toContain("CARD_PIN_WRONG");
    await click("#s-MK-06 > summary");
    expect(await read("#s-MK-06")).toContain("OCSP producedAt");
  });

  it.each([
    ["phone", "ja", PHONE],
    ["phone", "en", PHONE],
    ["desk", "ja", DESK],
  ])("does not run out of the width of a %s in %s", async (_, lang, screen) => {
    await browser.open(`${pageOf(sampleRun())}?lang=${lang}`, screen);
    await browser.evaluate(
      "document.querySelectorAll('details').forEach((d) => { d.open = true; })",
    );

    expect(await browser.evaluate("innerWidth")).toBe(screen.width);
    expect(
      await browser.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      ),
    ).toBe(0);
  });

  it("follows the wish for a dark screen, and is white on paper", async () => {
    const ground = () =>
      browser.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor");
    const url = pageOf(sampleRun());

    await browser.open(url, { ...DESK, scheme: "dark" });
    expect(await ground()).toBe("rgb(23, 25, 28)");

    await browser.open(url, { ...DESK, scheme: "dark", media: "print" });
    expect(await ground()).toBe("rgb(255, 255, 255)");
    expect(await read("footer")).toContain("試験実施者");
    expect(await browser.evaluate("document.querySelector('#filters').checkVisibility()")).toBe(
      false,
    );
  });

  it("says on paper that it shows a part only", async () => {
    await browser.open(`${pageOf(sampleRun())}?outcome=failed`, { ...DESK, media: "print" });

    expect(await read("#listing")).toContain("10件中 1件を表示");
  });

  it("asks the network for nothing and breaks no rule of its policy", async () => {
    const hostile = `</script><script>document.title = "taken"</script><img src="https://example.com/x">`;
    const events = sampleRun().map((event) =>
      event.type === "evidence" ? { ...event, value: hostile } : event,
    );
    await browser.open(pageOf(events), DESK);

    const asked = browser.events.filter(({ method }) => method === "Network.requestWillBeSent");
    const troubles = browser.events.filter(({ method }) =>
      ["Log.entryAdded", "Runtime.exceptionThrown"].includes(method),
    );
    expect(asked).toHaveLength(1);
    expect(troubles).toEqual([]);
    expect(await browser.evaluate("document.title")).toBe("接続試験 結果報告書 – simulated");
    await click("#s-JK-03");
    expect(await read("#s-JK-03")).toContain(hostile);
  });

  it("still works with more than a thousand scenarios", async () => {
    const events = Array.from({ length: 110 }, (_, i) =>
      sampleRun().map((event) =>
        "scenario" in event ? { ...event, scenario: `${event.scenario}${i}` } : event,
      ),
    ).flat();
    await browser.open(pageOf(events), DESK);
    expect(await read("#shown")).toBe("1100件中 1100件を表示");

    await click("[name=outcome][value=interrupted]");
    expect(await seen()).toHaveLength(110);

    await type("LA-0277");
    expect(await seen()).toEqual(["LA-0277"]);
  });
});

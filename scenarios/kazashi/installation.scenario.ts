/**
 * What is not installed, or too old, seen from the page. No browser runs here: the extension's own
 * modules do, between stand-ins for Chrome's API and the DOM, and the native host behind its framing.
 */
import { createContext, runInContext } from "node:vm";
import { expect, parseClientSoftwareProfile, scenario } from "../../harness/index.ts";

const SOURCE =
  "デジタル庁 かざし利用クライアントソフト（ブラウザ拡張機能版）; Chrome for Developers: Native messaging" +
  "（ブラウザの代わりに拡張機能の部品を直接動かす）";

const AT = { use: "registration", place: "faceToFace" } as const;

scenario(
  "KZ-01",
  {
    title: {
      ja: "拡張機能が入っていなければ、画面は2秒以内に導入手順を案内する",
      en: "extension not installed: the page finds out within two seconds and shows how to install it",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { browser, commands } = systems.terminal(await insertCard());
    await step({ ja: "拡張機能なし", en: "without the extension" }, async () => {
      browser.extension = false;
      const { kazashi } = browser.open(lab.addresses.mkpf.verification);
      const missing = kazashi.certificate(AT);
      await expect(missing).rejects.toMatchObject({
        reason: "notInstalled",
        guidance: { ja: expect.stringContaining("導入手順") },
      });
      expect(browser.waits).toHaveLength(1);
      expect(browser.waits[0]).toBeLessThanOrEqual(2000);
      expect(commands).toEqual([]);
      note(
        { ja: "目印を待った時間 (ms)", en: "waited for the marker (ms)" },
        `${browser.waits[0]}`,
      );
    });
    await step({ ja: "導入後の画面では読める", en: "installed: the card is read" }, async () => {
      browser.extension = true;
      const { kazashi } = browser.open(lab.addresses.mkpf.verification);
      const { version } = await kazashi.detect();
      note({ ja: "拡張機能の版", en: "version of the extension" }, version);
      expect((await kazashi.certificate(AT)).certificate).toMatch(/^MII/);
    });
  },
);

scenario(
  "KZ-02",
  {
    title: {
      ja: "読取ソフトがない・登録が誤りなら、カードの障害とせず導入手順を案内する",
      en: "native host missing or not for this extension: install guide, not a card error",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const terminal = systems.terminal(card);
    terminal.knows({ auth: card.pin("auth"), text: card.pin("text") });
    const { kazashi } = terminal.browser.open(lab.addresses.mkpf.verification);
    const conditions = [
      { ja: "読取ソフトなし", en: "no host", condition: "missing", reason: "hostMissing" },
      { ja: "別の拡張機能用", en: "of another", condition: "foreign", reason: "hostForbidden" },
    ] as const;
    for (const { ja, en, condition, reason } of conditions) {
      await step({ ja, en }, async () => {
        terminal.host.condition = condition;
        await expect(kazashi.attributes(AT)).rejects.toMatchObject({
          reason,
          guidance: { ja: expect.stringContaining("導入手順") },
        });
        expect(terminal).toMatchObject({ commands: [], dialogs: 0 });
        note({ ja: "理由", en: "reason" }, reason);
      });
    }
    await step(
      { ja: "導入後は同じ画面で読める", en: "installed: the same page reads" },
      async () => {
        terminal.host.condition = "installed";
        expect((await kazashi.certificate(AT)).certificate).toMatch(/^MII/);
      },
    );
  },
);

scenario(
  "KZ-06",
  {
    title: {
      ja: "拡張機能・読取ソフトの版が古ければ、版を示して止める",
      en: "extension or native host too old: stopped with both versions, card untouched",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const origin = lab.addresses.mkpf.verification;
    const pins = { auth: card.pin("auth"), text: card.pin("text") };
    const cases = [
      { ja: "拡張機能", en: "extension", needs: "extensionNeeded", reason: "extensionOutdated" },
      { ja: "読取ソフト", en: "host", needs: "applicationNeeded", reason: "applicationOutdated" },
    ] as const;
    for (const { ja, en, needs, reason } of cases) {
      await step({ ja: `${ja}が古い`, en: `${en} too old` }, async () => {
        const profile = parseClientSoftwareProfile({ versions: { [needs]: "1.10.0" } });
        const terminal = systems.terminal(card, profile);
        terminal.knows(pins);
        const old = terminal.browser.open(origin).kazashi.attributes(AT);
        await expect(old).rejects.toMatchObject({
          reason,
          details: { found: "1.0.0", needed: "1.10.0" },
        });
        expect(terminal).toMatchObject({ commands: [], dialogs: 0 });
        note({ ja: "必要な版", en: "version needed" }, `${en} 1.10.0 > 1.0.0`);
      });
    }
    await step({ ja: "足りている版では読める", en: "new enough: read" }, async () => {
      const versions = { extension: "1.10.0", application: "1.10.0", extensionNeeded: "1.9" };
      const profile = parseClientSoftwareProfile({ versions });
      const { browser } = systems.terminal(card, profile);
      expect((await browser.open(origin).kazashi.certificate(AT)).certificate).toMatch(/^MII/);
    });
  },
);

/**
 * What a page for Internet Explorer can say: ES5, DOM events made by `createEvent`. `done` is called
 * with the answer.
 */
const ES5_PAGE = `
  (function () {
    document.addEventListener(names.page.answer, function (event) {
      done(event.detail);
    });
    var request = {};
    request[names.requestFields.id] = "es5";
    request[names.requestFields.operation] = names.operations.certificate;
    request[names.requestFields.use] = names.uses.registration;
    request[names.requestFields.place] = names.places.faceToFace;
    var event = document.createEvent("CustomEvent");
    event.initCustomEvent(names.page.request, false, false, JSON.stringify(request));
    document.dispatchEvent(event);
  })();
`;

/** What ES5 does not have. */
const LATER_THAN_ES5 = [
  ..."Promise Map Set WeakMap WeakSet Symbol Proxy Reflect BigInt Intl".split(" "),
  ..."globalThis Uint8Array ArrayBuffer Atomics WebAssembly".split(" "),
];

scenario(
  "KZ-15",
  {
    title: {
      ja: "EdgeのIEモード相当（ES5のみ）の画面でも同じ手順で読める",
      en: "a page that has only ES5, as in Edge's IE mode, goes the same way",
    },
    system: "kazashi",
    source: `${SOURCE}; ECMA-262 5.1（IEモード自体は動かさず、ES5だけの画面で確かめる）`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const { browser } = systems.terminal(await insertCard());
    const page = browser.open(lab.addresses.mkpf.verification);
    const names = parseClientSoftwareProfile({});
    const modern = (await page.kazashi.certificate(AT)).certificate;
    await step({ ja: "ES5の画面から読む", en: "read from an ES5 page" }, async () => {
      const answer = await new Promise<string>((done) => {
        const { document } = page;
        const sandbox = createContext({ document, names, done });
        runInContext(LATER_THAN_ES5.map((name) => `delete this.${name};`).join(""), sandbox);
        expect(runInContext("typeof Promise + typeof Map", sandbox)).toBe("undefinedundefined");
        runInContext(ES5_PAGE, sandbox);
      });
      const fields = JSON.parse(answer) as Record<string, unknown>;
      expect(fields[names.answerFields.id]).toBe("es5");
      expect(fields[names.answerFields.certificate]).toBe(modern);
    });
  },
);

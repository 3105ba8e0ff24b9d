/** Native host and extension that fail in the middle of something, and pages that ask at once. */
import { expect, parseClientSoftwareProfile, scenario } from "../../harness/index.ts";

const SOURCE =
  "デジタル庁 かざし利用クライアントソフト（ブラウザ拡張機能版）; Chrome for Developers: Native messaging" +
  "（ブラウザの代わりに拡張機能の部品を直接動かす）";

const AT = { use: "registration", place: "faceToFace" } as const;

const CHALLENGE = Buffer.alloc(32, 0x5a).toString("base64");

scenario(
  "KZ-03",
  {
    title: {
      ja: "読取ソフトが応答の途中で落ちても、1回だけやり直し、暗証番号は再送しない",
      en: "host crashes in the middle of an answer: one retry without PIN, none with",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const terminal = systems.terminal(card);
    const { host } = terminal;
    const { kazashi } = terminal.browser.open(lab.addresses.mkpf.verification);
    terminal.knows({ auth: card.pin("auth"), text: card.pin("text") });
    const starts = async (body: () => Promise<unknown>) => {
      const before = host.starts;
      await body();
      return host.starts - before;
    };
    await step({ ja: "1回落ちる：やり直して読める", en: "once: read again" }, async () => {
      host.condition = { crashesAt: "perform", times: 1 };
      const read = () => expect(kazashi.certificate(AT)).resolves.toHaveProperty("certificate");
      expect(await starts(read)).toBe(2);
    });
    await step(
      { ja: "続けて落ちる：エラーで終わる", en: "again and again: an error" },
      async () => {
        host.condition = { crashesAt: "open", times: 9 };
        const read = () =>
          expect(kazashi.certificate(AT)).rejects.toMatchObject({ reason: "hostCrashed" });
        expect(await starts(read)).toBe(2);
      },
    );
    await step({ ja: "暗証番号のあとでは繰り返さない", en: "never after a PIN" }, async () => {
      host.condition = { crashesAt: "perform", times: 1 };
      const before = terminal.presented;
      const sign = () =>
        expect(kazashi.authenticate(AT, CHALLENGE)).rejects.toMatchObject({
          reason: "hostCrashed",
        });
      expect(await starts(sign)).toBe(1);
      expect(terminal.presented - before).toBe(1);
      expect(terminal.dialogs).toBe(1);
      note({ ja: "VERIFYの回数", en: "VERIFY commands" }, `${terminal.presented - before}`);
    });
    await step({ ja: "改めて操作すれば署名できる", en: "started again: it signs" }, async () => {
      await expect(kazashi.authenticate(AT, CHALLENGE)).resolves.toHaveProperty("signature");
    });
  },
);

scenario(
  "KZ-04",
  {
    title: {
      ja: "ブラウザの上限を超える応答は送らず、理由を返す",
      en: "an answer longer than the browser takes is refused with a reason",
    },
    system: "kazashi",
    source: `${SOURCE}（ホストからの1件は1MiBまで）`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const origin = lab.addresses.mkpf.verification;
    await step({ ja: "上限より長い応答", en: "longer than the limit" }, async () => {
      // No card holds a megabyte: the limit is lowered to what a certificate exceeds.
      const profile = parseClientSoftwareProfile({ rules: { answerBytesMax: 1024 } });
      const { browser, host } = systems.terminal(card, profile);
      await expect(browser.open(origin).kazashi.certificate(AT)).rejects.toMatchObject({
        reason: "answerTooLarge",
      });
      expect(host.starts).toBe(1);
    });
    await step({ ja: "既定の上限では読める", en: "the usual limit: read" }, async () => {
      const { answerBytesMax } = parseClientSoftwareProfile({}).rules;
      expect(answerBytesMax).toBe(1024 * 1024);
      note({ ja: "上限（バイト）", en: "limit in bytes" }, String(answerBytesMax));
      const { kazashi } = systems.terminal(card).browser.open(origin);
      expect((await kazashi.certificate(AT)).certificate.length).toBeGreaterThan(1024);
    });
  },
);

scenario(
  "KZ-05",
  {
    title: {
      ja: "暗証番号の入力中に拡張機能が止められたら、1回だけ明確に失敗し、次は成功する",
      en: "service worker stopped while the PIN is typed: one clear failure, then success",
    },
    system: "kazashi",
    source: `${SOURCE}; Manifest V3: extension service worker lifecycle`,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const terminal = systems.terminal(card);
    const { kazashi } = terminal.browser.open(lab.addresses.mkpf.verification);
    await step({ ja: "入力中に止まる", en: "stopped meanwhile" }, async () => {
      terminal.person = () => terminal.browser.stopWorker();
      await expect(kazashi.authenticate(AT, CHALLENGE)).rejects.toMatchObject({
        reason: "extensionRestarted",
      });
      expect(terminal).toMatchObject({ commands: [], dialogs: 1 });
    });
    await step({ ja: "同じ画面で次は成功する", en: "the same page, then success" }, async () => {
      terminal.knows({ auth: card.pin("auth"), text: card.pin("text") });
      await expect(kazashi.authenticate(AT, CHALLENGE)).resolves.toHaveProperty("signature");
      expect(terminal.presented).toBe(1);
    });
  },
);

scenario(
  "KZ-08",
  {
    title: {
      ja: "2つの画面が同時に要求したら、後の画面は「使用中」で、先の画面に影響しない",
      en: "two pages at once: the second is told busy, the first goes on undisturbed",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const terminal = systems.terminal(card);
    const first = terminal.browser.open(lab.addresses.mkpf.verification);
    const second = terminal.browser.open(lab.addresses.mkpf.verification);
    await step({ ja: "入力中に別の画面が要求する", en: "asked meanwhile" }, async () => {
      const told = new Promise<unknown>((resolve) => {
        terminal.person = (dialog) => {
          const answered = second.kazashi.certificate(AT).then(
            () => "served",
            (reason) => reason,
          );
          void answered.then((answer) => {
            resolve(answer);
            dialog.type(card.pin("auth").reveal());
          });
        };
      });
      await expect(first.kazashi.authenticate(AT, CHALLENGE)).resolves.toHaveProperty("signature");
      expect(await told).toMatchObject({ reason: "busy" });
      expect(terminal.host.starts).toBe(1);
    });
    await step({ ja: "終われば後の画面も読める", en: "afterwards the second reads" }, async () => {
      await expect(second.kazashi.certificate(AT)).resolves.toHaveProperty("certificate");
    });
  },
);

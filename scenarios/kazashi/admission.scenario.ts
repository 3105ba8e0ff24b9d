/** Who may use the client software at all: registered pages and addresses, issued passwords. */
import { expect, scenario } from "../../harness/index.ts";

const SOURCE =
  "デジタル庁 かざし利用クライアントソフト 利用申請（ドメイン、検証環境のグローバルIP、パスワード）" +
  "（ブラウザの代わりに拡張機能の部品を直接動かす）";

const AT = { use: "registration", place: "faceToFace" } as const;

const SITE = "https://library.test.example.jp";

scenario(
  "KZ-09",
  {
    title: {
      ja: "登録されていないドメインの画面は、カードに触れる前に断る",
      en: "a page of a domain that is not registered is refused before the card is touched",
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
    const { kazashi } = terminal.browser.open(SITE);
    await step({ ja: "未登録のドメイン", en: "not registered" }, async () => {
      for (const ask of [() => kazashi.certificate(AT), () => kazashi.attributes(AT)]) {
        await expect(ask()).rejects.toMatchObject({ reason: "originNotRegistered" });
      }
      expect(terminal).toMatchObject({ commands: [], dialogs: 0 });
    });
    const register = (origin: string) =>
      lab.mkpf.verification.registerClientSoftware({
        edition: "extension",
        name: "試験市 図書館",
        origin,
        sourceAddresses: ["127.0.0.1"],
      });
    await step({ ja: "別のホスト名の登録では足りない", en: "nor by another host" }, async () => {
      register("https://test.example.jp");
      await expect(kazashi.certificate(AT)).rejects.toMatchObject({
        reason: "originNotRegistered",
      });
      expect(terminal.commands).toEqual([]);
    });
    await step({ ja: "登録後は読める", en: "registered: read" }, async () => {
      register(SITE);
      expect((await kazashi.certificate(AT)).certificate).toMatch(/^MII/);
      note({ ja: "登録したドメイン", en: "registered domain" }, SITE);
    });
  },
);

scenario(
  "KZ-10",
  {
    title: {
      ja: "検証環境に登録のない送信元IPは断り、MKPFの停止とは区別する",
      en: "a source address not registered for the 検証環境 is refused, and told from an outage",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const terminal = systems.terminal(await insertCard());
    const { kazashi } = terminal.browser.open(SITE);
    const { verification } = lab.mkpf;
    const registerFrom = (address: string) =>
      verification.registerClientSoftware({
        edition: "extension",
        name: "試験市 図書館",
        origin: SITE,
        sourceAddresses: [address],
      });
    const reasonOf = async () => {
      const { reason } = await kazashi.certificate(AT).then(
        () => ({ reason: "read" }),
        (error: { reason: string }) => error,
      );
      note({ ja: "理由", en: "reason" }, reason);
      return reason;
    };
    await step({ ja: "送信元が未登録", en: "from elsewhere" }, async () => {
      registerFrom("203.0.113.7");
      expect(await reasonOf()).toBe("sourceNotRegistered");
    });
    await step({ ja: "登録後にMKPFが停止", en: "registered, and MKPF is down" }, async () => {
      registerFrom("127.0.0.1");
      const repair = verification.faults.inject({ kind: "refuse", retryAfterSeconds: 60 });
      expect(await reasonOf()).toBe("mkpfUnreachable");
      repair();
    });
    expect(terminal.commands).toEqual([]);
    await step({ ja: "復旧後は読める", en: "up again: read" }, async () => {
      expect(await reasonOf()).toBe("read");
    });
  },
);

scenario(
  "KZ-11",
  {
    title: {
      ja: "DLL版・モバイル版は、MKPF発行のパスワードなし・誤りでは初期化に失敗する",
      en: "DLL and mobile editions do not start without the password MKPF issued",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    for (const edition of ["dll", "mobile"] as const) {
      await step({ ja: `${edition}版`, en: `edition ${edition}` }, async () => {
        const other = edition === "dll" ? "mobile" : "dll";
        const issue = (to: "dll" | "mobile") =>
          lab.mkpf.verification.registerClientSoftware({ edition: to, name: "窓口端末" }) ?? "";
        const start = (password: string) => systems.application(card, { edition, password });
        await expect(start("")).rejects.toMatchObject({ reason: "passwordMissing" });
        await expect(start("password")).rejects.toMatchObject({ reason: "passwordWrong" });
        await expect(start(issue(other))).rejects.toMatchObject({ reason: "passwordWrong" });
        const software = await start(issue(edition));
        expect((await software.certificate(AT)).length).toBeGreaterThan(1000);
      });
    }
  },
);

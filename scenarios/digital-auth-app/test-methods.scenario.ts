/** The sandbox: records to pick from, or the app with test cards, and not both. */
import { type DigitalService, expect, scenario } from "../../harness/index.ts";

const SANDBOX = "デジタル庁 デジタル認証アプリサービス テストカード代替機能";

scenario(
  "DA-20",
  {
    title: {
      ja: "テストカード代替機能と検証用アプリは併用できず、後から使った方が拒まれる",
      en: "テストカード代替機能 and the app with test cards do not mix: the second one is refused",
    },
    system: "digital-auth-app",
    source: `${SANDBOX}（検証用アプリ・テストカードとの併用不可）`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ systems, insertCard, step, note }) => {
    const card = await insertCard();
    const mixed = { refusal: "access_denied", detail: "TEST_METHODS_MIXED" };
    const bySubstitute = (service: DigitalService) => service.signIn(card.issued);
    const byApp = async (service: DigitalService) => {
      const pending = await service.client.begin({ attributes: ["name"] });
      return service.client.finish(await service.visitByApp(pending, card), pending);
    };

    const substituted = await systems.service("試験市 電子申請");
    const { sub } = await step({ ja: "代替機能で始める", en: "begun with records" }, () =>
      bySubstitute(substituted),
    );
    await step({ ja: "同じサービスの検証用アプリは拒まれる", en: "the app: refused" }, async () => {
      await expect(byApp(substituted)).rejects.toMatchObject(mixed);
      expect((await bySubstitute(substituted)).sub).toBe(sub);
      note({ ja: "後からの検証用アプリ", en: "the app, second" }, "access_denied");
    });
    const real = await systems.service("試験町 電子申請");
    await step(
      { ja: "別のサービスは検証用アプリで始める", en: "another, with the app" },
      async () => {
        const user = await byApp(real);
        const { name } = card.issued.resident;
        expect(user.claims.name === name).toBe(true);
        expect((await byApp(real)).sub).toBe(user.sub);
      },
    );
    await step({ ja: "その代替機能は拒まれる", en: "records: refused there" }, async () => {
      await expect(bySubstitute(real)).rejects.toMatchObject(mixed);
      note({ ja: "後からの代替機能", en: "records, second" }, "access_denied");
    });
  },
);

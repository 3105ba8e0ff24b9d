/** 住民ポータル under test: log-in by デジタル認証アプリ, and applications signed by 署名API. */
import { expect, scenario } from "../../harness/index.ts";
import { TIMEOUT, toldSomething } from "./expectations.ts";

const REFERENCE = "デジタル庁 デジタル認証アプリサービスAPIリファレンス";
const TEXT = "保育所の入所を申請します。";

scenario(
  "RP-11",
  {
    title: {
      ja: "ポータル：同意されなかった項目なしでもログインでき、欠けた項目を欠けたものとして扱う",
      en: "portal: log-in goes on without what was not agreed to, which is taken for missing",
    },
    system: "relying-party",
    source: `${REFERENCE}（同意画面）; OpenID Connect Core 1.0 5.3.2（返らないクレーム）`,
    effect: "read-only",
    needs: ["lab", "portal"],
    timeout: TIMEOUT,
  },
  async ({ systemUnderTest, people, issueCard, step, note }) => {
    const card = await issueCard();

    await step({ ja: "すべてに同意", en: "everything agreed to" }, async () => {
      const loggedIn = await systemUnderTest.portal().logIn(people.phone(card));
      expect(loggedIn).toEqual({ done: true, missing: [] });
    });
    await step({ ja: "氏名と性別だけに同意", en: "name and gender alone" }, async () => {
      const consent = ["name", "gender"];
      const loggedIn = await systemUnderTest.portal().logIn(people.phone(card, { consent }));
      expect.assert(loggedIn.done, "no log-in without the missing attributes");
      expect(loggedIn.missing.toSorted()).toEqual(["address", "birthdate"]);
      note({ ja: "欠けた項目", en: "missing" }, loggedIn.missing.join(", "));
    });
    await step(
      { ja: "中止した人はログインしない", en: "who cancels is not logged in" },
      async () => {
        const outcome = "cancelled";
        toldSomething(await systemUnderTest.portal().logIn(people.phone(card, { outcome })));
      },
    );
  },
);

scenario(
  "RP-12",
  {
    title: {
      ja: "ポータル：本人がその文書に署名した申請だけを受け付ける",
      en: "portal: accepts an application signed by that person over that text, and no other",
    },
    system: "relying-party",
    source: `${REFERENCE}（署名API）; RFC 8017 8.2 (RSASSA-PKCS1-v1_5)`,
    effect: "read-only",
    needs: ["lab", "portal"],
    timeout: TIMEOUT,
  },
  async ({ systemUnderTest, people, issueCard, step, note }) => {
    const card = await issueCard();
    const portal = systemUnderTest.portal();
    expect(await portal.logIn(people.phone(card))).toMatchObject({ done: true });

    await step({ ja: "署名して申請する", en: "signed and accepted" }, async () => {
      expect(await portal.sign(TEXT, people.phone(card))).toEqual({ done: true, applications: 1 });
    });
    await step({ ja: "別の文書への署名は断る", en: "over another document" }, async () => {
      const outcome = "otherDocument";
      toldSomething(await portal.sign(TEXT, people.phone(card, { outcome })));
    });
    await step({ ja: "別の人の署名は断る", en: "by somebody else" }, async () => {
      toldSomething(await portal.sign(TEXT, people.phone(await issueCard())));
    });
    await step({ ja: "受け付けたのは本人の分だけ", en: "nothing else was accepted" }, async () => {
      const signed = await portal.sign(TEXT, people.phone(card));
      expect(signed).toEqual({ done: true, applications: 2 });
      note({ ja: "受け付けた申請", en: "accepted" }, "2");
    });
  },
);

/** 窓口システム under test: a seal certificate is printed for nobody but the valid card's holder. */
import { expect, JpkiClient, scenario, wrongPin } from "../../harness/index.ts";
import { TIMEOUT, toldSomething } from "./expectations.ts";

const PLATFORM = "デジタル庁 地方認証プラットフォーム";
const SEAL = `${PLATFORM}（印鑑登録証としての利用）`;

scenario(
  "RP-08",
  {
    title: {
      ja: "窓口：失効したカードでは印鑑登録証明書を発行しない",
      en: "window: no seal certificate for a revoked card",
    },
    system: "relying-party",
    source: `${SEAL}; J-LIS コンビニ交付`,
    effect: "spends-tries",
    needs: ["lab", "pins", "counter"],
    timeout: TIMEOUT,
  },
  async ({ lab, systemUnderTest, insertCard, step, note }) => {
    const { counter } = systemUnderTest;
    const card = await insertCard();
    await counter.present(card.issued.id);
    const apply = () => counter.issueSealCertificate({ methods: "ocsp", pin: card.pin("auth") });

    await step({ ja: "有効なら発行する", en: "valid: printed" }, async () => {
      const issued = await apply();
      expect.assert(issued.done, "no certificate for a valid card");
      note({ ja: "受付番号", en: "receipt" }, issued.receipt);
    });
    await step({ ja: "失効していれば発行しない", en: "revoked: not printed" }, async () => {
      lab.counter.lose(card.issued.resident);
      lab.jpki.publishNow();
      toldSomething(await apply());
    });
  },
);

scenario(
  "RP-09",
  {
    title: {
      ja: "窓口：回線断・確認不可では何も発行せず、失効とは別のこととして伝える",
      en: "window: line cut or could not check: nothing is printed, and nobody called revoked",
    },
    system: "relying-party",
    source: `${PLATFORM} 災害時の利用、アクセス情報`,
    effect: "spends-tries",
    needs: ["lab", "pins", "counter"],
    timeout: TIMEOUT,
  },
  async ({ lab, systemUnderTest, insertCard, step }) => {
    const { counter } = systemUnderTest;
    const card = await insertCard();
    await counter.present(card.issued.id);
    const apply = () => counter.issueSealCertificate({ methods: "ocsp", pin: card.pin("auth") });
    const told: string[] = [];

    await step({ ja: "回線断", en: "line cut" }, async () => {
      const restore = lab.localAuthPf.faults.inject({ kind: "drop" });
      told.push(toldSomething(await apply()).text);
      restore();
    });
    await step({ ja: "地方認証PFの確認不可", en: "the platform could not check" }, async () => {
      lab.jpki.faults.ocsp = "reset";
      told.push(toldSomething(await apply()).text);
      lab.jpki.faults.ocsp = "none";
    });
    await step({ ja: "自分のアクセス情報の停止", en: "its own access stopped" }, async () => {
      const { accesses } = lab.localAuthPf.state();
      for (const { id } of accesses) lab.localAuthPf.setAccessState(id, "stopped");
      told.push(toldSomething(await apply()).text);
      for (const { id } of accesses) lab.localAuthPf.setAccessState(id, "active");
    });
    await step({ ja: "復旧後は発行する", en: "back: printed" }, async () => {
      expect(await apply()).toMatchObject({ done: true });
    });
    await step({ ja: "失効とは別の案内だった", en: "revoked is told otherwise" }, async () => {
      lab.counter.lose(card.issued.resident);
      lab.jpki.publishNow();
      const { text } = toldSomething(await apply());
      expect(told, "for revoked and for unchecked").not.toContain(text);
    });
  },
);

scenario(
  "RP-10",
  {
    title: {
      ja: "窓口：暗証番号を間違えたら残り回数を伝え、再試行せず、何も発行しない",
      en: "window: a wrong PIN costs one try, the tries left are told, nothing is printed",
    },
    system: "relying-party",
    source: "公的個人認証サービス 利用者クライアントソフト（暗証番号の入力、残り回数の表示）",
    effect: "spends-tries",
    needs: ["lab", "pins", "counter"],
    timeout: TIMEOUT,
  },
  async ({ systemUnderTest, insertCard, step, note }) => {
    const { counter } = systemUnderTest;
    const card = await insertCard();
    await counter.present(card.issued.id);
    const triesLeft = async () => {
      // The window has had the card meanwhile.
      await card.reader.open();
      const jpki = new JpkiClient(card.reader);
      await jpki.select();
      return jpki.triesLeft("auth");
    };
    const before = await triesLeft();

    await step({ ja: "間違えた暗証番号", en: "the wrong PIN" }, async () => {
      const pin = wrongPin(card.pin("auth"));
      const { text } = toldSomething(await counter.issueSealCertificate({ methods: "ocsp", pin }));
      const left = await triesLeft();
      note({ ja: "残り回数", en: "tries left" }, String(left));
      expect(left, "tries left: one was spent").toBe(before - 1);
      expect(text.normalize("NFKC"), "the tries left are told").toContain(String(left));
    });
    await step({ ja: "正しい暗証番号なら発行する", en: "the right PIN: printed" }, async () => {
      const pin = card.pin("auth");
      expect(await counter.issueSealCertificate({ methods: "ocsp", pin })).toMatchObject({
        done: true,
      });
      expect(await triesLeft()).toBe(before);
    });
  },
);

/** What windows use 地方認証プラットフォーム for. */
import { authCertificateOf, expect, JpkiClient, scenario } from "../../harness/index.ts";

const HOUR = 3_600_000;

scenario(
  "LA-07",
  {
    title: {
      ja: "スマホ用電子証明書は、有効化前は対象外、有効化後は専用OCSPで確認される",
      en: "a smartphone certificate is unsupported until it is enabled, then checked like any other",
    },
    system: "local-auth-pf",
    source: "J-LIS 地方認証プラットフォーム（スマホ用電子証明書対応、スマホ用OCSP）",
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const smartphone = await insertCard({ persona: "android" });
    const jpki = new JpkiClient(smartphone.reader);
    await jpki.select();
    await jpki.verifyAuthPin(smartphone.pin("auth"));
    const certificate = await jpki.authCertificate();
    const before = systems.window("試験市 市民課窓口");
    const after = systems.window("試験市 スマホ対応窓口", { smartphone: true });

    await step({ ja: "有効化前は対象外と答える", en: "before: unsupported" }, async () => {
      expect(await before.decide(certificate)).toEqual({
        action: "turnAway",
        answer: { result: "unsupported" },
      });
    });
    await step({ ja: "有効化後は受け付ける", en: "after: served" }, async () => {
      const decision = await after.decide(certificate);
      expect(decision).toMatchObject({ action: "serve", evidence: { method: "ocsp" } });
      note({ ja: "有効化後の根拠", en: "evidence when enabled" }, "OCSP");
    });
    await step({ ja: "カードの証明書はどちらでも使える", en: "cards: at both" }, async () => {
      const onCard = await authCertificateOf(await insertCard());
      for (const window of [before, after]) {
        expect(await window.decide(onCard)).toMatchObject({ action: "serve" });
      }
    });
    await step({ ja: "紛失したスマホの証明書は失効", en: "a lost one: revoked" }, async () => {
      lab.counter.loseSmartphone(smartphone.issued.resident);
      lab.jpki.publishNow();
      expect(await after.decide(certificate)).toMatchObject({
        action: "turnAway",
        answer: { result: "revoked" },
      });
    });
  },
);

scenario(
  "LA-10",
  {
    title: {
      ja: "印鑑登録証としての利用では、失効した証明書でも確認不可でも印鑑登録証明書を発行しない",
      en: "in the place of a seal registration card: no certificate is printed unless it is valid",
    },
    system: "local-auth-pf",
    source: "デジタル庁 地方認証プラットフォーム（印鑑登録証としての利用）; J-LIS コンビニ交付",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const window = systems.window("試験市 印鑑登録窓口", { methods: ["ocsp", "crl"] });
    const card = await insertCard();
    const certificate = await authCertificateOf(card);
    let printed = 0;
    const handle = async () => {
      const decision = await window.decide(certificate);
      if (decision.action === "serve") printed += 1;
      return decision;
    };

    await step({ ja: "有効なら発行する", en: "valid: printed" }, async () => {
      expect(await handle()).toMatchObject({ action: "serve" });
      expect(printed).toBe(1);
    });
    const unchecked = (why: string) => ({ action: "identifyOtherwise", why });
    await step({ ja: "つながらなければ発行しない", en: "unreachable: not printed" }, async () => {
      const restore = lab.localAuthPf.faults.inject({ kind: "refuse", retryAfterSeconds: 60 });
      expect(await handle()).toEqual(unchecked("unreachable"));
      expect(printed).toBe(1);
      restore();
    });
    await step({ ja: "確認不可なら発行しない", en: "could not check: not printed" }, async () => {
      const { faults } = lab.jpki;
      Object.assign(faults, { ocsp: "http-503", crl: "reset" });
      lab.clock.advance(lab.localAuthPf.profile.lists.maxAgeHours * HOUR);
      expect(await handle()).toEqual(unchecked("unconfirmed"));
      expect(printed).toBe(1);
      Object.assign(faults, { ocsp: "none", crl: "none" });
    });
    await step({ ja: "失効していれば発行しない", en: "revoked: not printed" }, async () => {
      lab.counter.lose(card.issued.resident);
      lab.jpki.publishNow();
      expect(await handle()).toMatchObject({
        action: "turnAway",
        answer: { result: "revoked" },
      });
      expect(printed).toBe(1);
      note({ ja: "発行した通数", en: "printed" }, String(printed));
    });
  },
);

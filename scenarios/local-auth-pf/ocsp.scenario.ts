/** 地方認証プラットフォーム, OCSP方式: a window on LGWAN asks about the certificate in front of it. */
import { expect, JpkiClient, type ScenarioContext, scenario } from "../../harness/index.ts";

const PLATFORM = "J-LIS 地方認証プラットフォーム（OCSP方式）; デジタル庁 jpki-platform-for-lgwan";
const YEAR = 365 * 24 * 60 * 60_000;

async function authCertificate({ insertCard }: ScenarioContext) {
  const card = await insertCard();
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  return { card, certificate: await jpki.authCertificate() };
}

scenario(
  "LA-01",
  {
    title: {
      ja: "有効・失効・期限切れが区別して返る",
      en: "valid, revoked and expired are three distinct answers",
    },
    system: "local-auth-pf",
    source: PLATFORM,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, systems, step, note } = context;
    const window = systems.localAuthPf("試験市 市民課窓口");
    const { card, certificate } = await authCertificate(context);

    await step({ ja: "有効", en: "valid" }, async () => {
      const answer = await window.verify(certificate, "auth");
      expect(answer).toMatchObject({ result: "valid", evidence: { method: "ocsp" } });
      if (answer.result === "valid") {
        note({ ja: "OCSPの基準時刻", en: "thisUpdate" }, answer.evidence.thisUpdate.toISOString());
      }
    });
    await step({ ja: "失効", en: "revoked" }, async () => {
      lab.office.lose(card.issued.resident);
      lab.jpki.publishNow();
      expect(await window.verify(certificate, "auth")).toMatchObject({
        result: "revoked",
        revocation: { reason: "certificateHold" },
      });
    });
    await step({ ja: "期限切れ", en: "expired" }, async () => {
      const other = await authCertificate(context);
      lab.clock.advance(6 * YEAR);
      expect(await window.verify(other.certificate, "auth")).toMatchObject({ result: "expired" });
    });
  },
);

scenario(
  "LA-06",
  {
    title: {
      ja: "アクセス情報の誤りは認証エラーであり「無効な証明書」ではない",
      en: "wrong access information is an authentication error, not an invalid certificate",
    },
    system: "local-auth-pf",
    source: "J-LIS 地方認証プラットフォーム 利用開始手続き（アクセス情報の交付）",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async (context) => {
    const { lab, systems, step } = context;
    const { errors } = lab.localAuthPf.profile;
    const { certificate } = await authCertificate(context);
    await step({ ja: "有効化前のアクセス情報", en: "not yet activated" }, async () => {
      const window = systems.localAuthPf("試験市 市民課窓口", { active: false });
      await expect(window.verify(certificate, "auth")).rejects.toMatchObject({
        code: "PLATFORM_REFUSED",
        refusal: errors.accessNotActive,
      });
    });
    await step({ ja: "誤ったアクセス情報", en: "wrong access information" }, async () => {
      const window = systems.localAuthPf("試験市 市民課窓口", { secret: "0".repeat(32) });
      await expect(window.verify(certificate, "auth")).rejects.toMatchObject({
        code: "PLATFORM_REFUSED",
        status: 401,
        refusal: errors.accessUnknown,
      });
    });
    await step(
      { ja: "CRL方式用のアクセス情報でOCSP方式へ", en: "CRL access at the OCSP door" },
      async () => {
        const window = systems.localAuthPf("試験市 市民課窓口", { method: "crl", door: "ocsp" });
        await expect(window.verify(certificate, "auth")).rejects.toMatchObject({
          code: "PLATFORM_REFUSED",
          refusal: errors.accessUnknown,
        });
      },
    );
    await step({ ja: "正しいアクセス情報なら有効", en: "with the right one: valid" }, async () => {
      const window = systems.localAuthPf("試験市 市民課窓口");
      expect(await window.verify(certificate, "auth")).toMatchObject({ result: "valid" });
    });
  },
);

scenario(
  "LA-09",
  {
    title: {
      ja: "利用者証明用だけを扱う窓口に署名用証明書を出すと断られる",
      en: "a signature certificate at a window that only takes authentication ones",
    },
    system: "local-auth-pf",
    source: PLATFORM,
    effect: "spends-tries",
    needs: ["lab", "pins"],
    version: 2,
  },
  async ({ systems, insertCard, step }) => {
    const window = systems.localAuthPf("試験市 図書館", { kinds: ["auth"] });
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifySignPassword(card.pin("sign"));
    const certificate = (await jpki.signCertificate()).reveal();
    await step({ ja: "窓口の方針で断る", en: "refused by policy" }, async () => {
      expect(await window.verify(certificate, "sign")).toEqual({ result: "notPermitted" });
    });
    await step({ ja: "利用者証明用と偽っても断る", en: "nor under another name" }, async () => {
      expect(await window.verify(certificate, "auth")).toMatchObject({
        result: "invalid",
        reason: "wrongKind",
      });
    });
    await step({ ja: "利用者証明用なら扱う", en: "an authentication one: taken" }, async () => {
      const answer = await window.verify(await jpki.authCertificate(), "auth");
      expect(answer).toMatchObject({ result: "valid" });
    });
  },
);

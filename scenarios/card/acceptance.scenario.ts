/** Cards whose certificate is in order and which must not be accepted all the same. */
import {
  CommonApClient,
  counterfeit,
  endValidity,
  expect,
  hasCardExpired,
  JpkiClient,
  Secret,
  scenario,
  VisualApClient,
} from "../../harness/index.ts";

scenario(
  "CR-28",
  {
    title: {
      ja: "カードの有効期限が切れ、証明書は有効に見える",
      en: "a card that has run out, with a certificate that looks valid",
    },
    system: "card",
    source: "番号法施行令（個人番号カードの有効期間）; 公的個人認証法; 共通カードAP カード識別情報",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, issueCard, insertCard, step, note }) => {
    const issued = await issueCard();
    const look = async () => {
      const { reader } = await insertCard({ card: issued });
      const jpki = new JpkiClient(reader);
      await jpki.select();
      const certificate = await jpki.authCertificate();
      const common = new CommonApClient(reader);
      await common.select();
      const { verdict } = await systems.verify(certificate, "auth");
      const number = await common.cardNumber();
      return { verdict, expired: hasCardExpired(number, lab.clock.now()), last: number.expiry };
    };
    await step({ ja: "期限内のカード", en: "before its last day" }, async () => {
      expect(await look()).toMatchObject({ verdict: "valid", expired: false });
    });
    await step(
      {
        ja: "証明書は有効でも、カードの期限切れが分かる",
        en: "valid, and yet the card has run out",
      },
      async () => {
        endValidity(issued, "20250331");
        const after = await look();
        expect(after).toEqual({ verdict: "valid", expired: true, last: "20250331" });
        note({ ja: "カードの有効期限", en: "last day of the card" }, after.last);
        note({ ja: "証明書の判定", en: "verdict on the certificate" }, after.verdict);
      },
    );
  },
);

scenario(
  "CR-31",
  {
    title: {
      ja: "複製した証明書を載せた偽のカードは内部認証で拒む",
      en: "a copied certificate on a false card is refused by internal authentication",
    },
    system: "card",
    source: "券面事項確認AP 内部認証; デジタル庁 かざし利用（カードの真正性確認）",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, issueCard, insertCard, step, note }) => {
    const issued = await issueCard();
    const trusted = [lab.cvAnchors.visual];
    const present = async () => {
      const { reader } = await insertCard({ card: issued });
      const jpki = new JpkiClient(reader);
      await jpki.select();
      const { verdict } = await systems.verify(await jpki.authCertificate(), "auth");
      const visual = new VisualApClient(reader);
      await visual.select();
      await visual.verifyBirthDate(new Secret(issued.codeB.slice(0, 6)));
      const nonce = lab.random("challenge").bytes(32);
      return { verdict, proof: visual.authenticateCard({ nonce, trusted }) };
    };
    await step({ ja: "本物は証明できる", en: "the genuine card proves itself" }, async () => {
      const { verdict, proof } = await present();
      await expect(proof).resolves.toMatchObject({ signature: expect.any(Uint8Array) });
      expect(verdict).toBe("valid");
    });
    await step(
      { ja: "複製はOCSPで有効でも拒む", en: "the copy is refused, though OCSP says good" },
      async () => {
        await counterfeit(issued);
        const { verdict, proof } = await present();
        await expect(proof).rejects.toMatchObject({ code: "CARD_NOT_GENUINE" });
        expect(verdict).toBe("valid");
        note({ ja: "証明書の判定", en: "verdict on the certificate" }, verdict);
      },
    );
  },
);

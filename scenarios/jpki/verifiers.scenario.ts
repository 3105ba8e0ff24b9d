/** Who may be asked by whom: responders for cards and smartphones, and registered verifiers. */
import { authCertificateOf, expect, scenario, signCertificateOf } from "../../harness/index.ts";

scenario(
  "PK-26",
  {
    title: {
      ja: "スマホ用電子証明書はスマホ用の応答者に聞く。カード用の応答者は「有効」と答えない",
      en: "a smartphone certificate is asked of its own responder; that for cards does not call it good",
    },
    system: "jpki",
    source: "デジタル庁 スマホ用電子証明書搭載サービス; RFC 6960 2.3 (unauthorized)",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const onCard = await authCertificateOf(card);
    const { auth } = (await lab.office.smartphones.add(card.issued.resident, "android"))
      .certificates;
    expect.assert(auth !== undefined);
    const onPhone = auth.certificate;
    const forCards = { ocsp: { url: lab.addresses.ocsp } };
    const forSmartphones = { ocsp: { url: `${lab.addresses.ocsp}-smartphone` } };

    await step(
      { ja: "それぞれの応答者では有効", en: "each valid by its own responder" },
      async () => {
        expect((await systems.verify(onCard, "auth", forCards)).verdict).toBe("valid");
        expect((await systems.verify(onPhone, "auth", forSmartphones)).verdict).toBe("valid");
      },
    );
    const unauthorized = { verdict: "unchecked", why: { problem: "unauthorized" } };
    await step(
      { ja: "スマホ用をカード用の応答者に", en: "smartphone's, asked of cards'" },
      async () => {
        const verdict = await systems.verify(onPhone, "auth", forCards);
        expect(verdict).toMatchObject(unauthorized);
        note({ ja: "カード用の応答者の答え", en: "answer for cards" }, "unauthorized");
      },
    );
    await step(
      { ja: "カード用をスマホ用の応答者に", en: "card's, asked of smartphones'" },
      async () => {
        expect(await systems.verify(onCard, "auth", forSmartphones)).toMatchObject(unauthorized);
      },
    );
    await step(
      { ja: "スマホの紛失はカードに及ばない", en: "a lost phone, and not the card" },
      async () => {
        lab.office.smartphones.lose(card.issued.resident);
        lab.jpki.publishNow();
        for (const method of ["ocsp", "crl"] as const) {
          expect((await systems.verify(onPhone, "auth", method)).verdict).toBe("revoked");
          expect((await systems.verify(onCard, "auth", method)).verdict).toBe("valid");
        }
      },
    );
  },
);

scenario(
  "PK-30",
  {
    title: {
      ja: "利用者証明検証者が署名用証明書の失効情報を求めると断られる",
      en: "a verifier registered for 利用者証明用 alone is refused about 署名用 certificates",
    },
    system: "jpki",
    source:
      "公的個人認証法 17条1項（署名検証者）、36条1項（利用者証明検証者）; RFC 6960 2.3 (unauthorized)",
    effect: "read-only",
    needs: ["lab", "pins"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const sign = await signCertificateOf(card);
    lab.jpki.access = "registered";
    const authOnly = lab.jpki.verifiers.register("試験市 図書館", ["auth"]).token;
    const both = lab.jpki.verifiers.register("試験市 市民課", ["auth", "sign"]).token;
    const byOcsp = (certificate: Uint8Array, kind: "auth" | "sign", token?: string) =>
      systems.verify(certificate, kind, { ocsp: token === undefined ? {} : { token } });
    const byList = (certificate: Uint8Array, kind: "auth" | "sign", token?: string) => {
      const list = systems.keptList(kind, token === undefined ? {} : { token });
      return systems.verify(certificate, kind, { ask: [list] });
    };

    await step(
      { ja: "届け出た種類には答える", en: "answered for what it is registered" },
      async () => {
        expect((await byOcsp(auth, "auth", authOnly)).verdict).toBe("valid");
        expect((await byList(auth, "auth", authOnly)).verdict).toBe("valid");
        expect((await byOcsp(sign, "sign", both)).verdict).toBe("valid");
        expect((await byList(sign, "sign", both)).verdict).toBe("valid");
      },
    );
    await step({ ja: "署名用のOCSPは断られる", en: "署名用 by OCSP: refused" }, async () => {
      const verdict = await byOcsp(sign, "sign", authOnly);
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "unauthorized" } });
      note({ ja: "署名用のOCSP", en: "署名用 by OCSP" }, "unauthorized");
    });
    await step({ ja: "署名用のCRLは断られる", en: "署名用 by the list: refused" }, async () => {
      const verdict = await byList(sign, "sign", authOnly);
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "unauthorized" } });
    });
    await step(
      { ja: "届出のない者は断られる", en: "refused to who is not registered" },
      async () => {
        const verdict = await byOcsp(auth, "auth");
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "unauthorized" } });
        const listed = await byList(auth, "auth");
        expect(listed).toMatchObject({ verdict: "unchecked", why: { problem: "unauthorized" } });
      },
    );
  },
);

/** What becomes of certificates in a person's life, and when the world gets to know. */
import { expect, JpkiClient, scenario } from "../../harness/index.ts";

const REASONS = "公的個人認証サービス 署名用認証局運用規程 4.9（失効事由）";
const MINUTE = 60_000;

scenario(
  "PK-01",
  {
    title: {
      ja: "転居で署名用証明書だけが失効する",
      en: "moving revokes the signature certificate alone",
    },
    system: "jpki",
    source: `${REASONS}; 住所変更は affiliationChanged (3)`,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifySignPassword(card.pin("sign"));
    const sign = (await jpki.signCertificate()).reveal();
    const auth = await jpki.authCertificate();

    lab.office.move(card.issued.resident);
    lab.jpki.publishNow();

    await step({ ja: "署名用は失効（記載事項変更）", en: "signature: revoked (3)" }, async () => {
      const verdict = await systems.verify(sign, "sign");
      expect(verdict).toMatchObject({ verdict: "revoked", reason: "affiliationChanged" });
      note({ ja: "署名用の失効理由", en: "reason" }, "affiliationChanged (3)");
    });
    await step({ ja: "利用者証明用は有効のまま", en: "authentication: still valid" }, async () => {
      const verdict = await systems.verify(auth, "auth");
      expect(verdict.verdict).toBe("valid");
      if (verdict.verdict === "valid") {
        note({ ja: "根拠", en: "evidence" }, `OCSP ${verdict.evidence.thisUpdate.toISOString()}`);
      }
    });
  },
);

scenario(
  "PK-04",
  {
    title: {
      ja: "紛失届（一時保留）は失効として扱い、有効に戻らない",
      en: "a lost card's hold counts as revoked and is never released",
    },
    system: "jpki",
    source: `${REASONS}; 一時保留は certificateHold (6)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const auth = await jpki.authCertificate();
    lab.office.lose(card.issued.resident);
    lab.jpki.publishNow();

    await step({ ja: "OCSPで失効", en: "revoked by OCSP" }, async () => {
      expect(await systems.verify(auth, "auth", "ocsp")).toMatchObject({
        verdict: "revoked",
        reason: "certificateHold",
      });
    });
    await step({ ja: "CRLでも失効", en: "revoked by CRL" }, async () => {
      expect(await systems.verify(auth, "auth", "crl")).toMatchObject({
        verdict: "revoked",
        reason: "certificateHold",
      });
    });
    await step({ ja: "一年後も有効に戻らない", en: "not released a year later" }, async () => {
      lab.clock.advance(365 * 24 * 60 * MINUTE);
      expect((await systems.verify(auth, "auth")).verdict).toBe("revoked");
    });
  },
);

scenario(
  "PK-05",
  {
    title: { ja: "死亡で両方の証明書が失効する", en: "death revokes both certificates" },
    system: "jpki",
    source: REASONS,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifySignPassword(card.pin("sign"));
    const certificates = {
      auth: await jpki.authCertificate(),
      sign: (await jpki.signCertificate()).reveal(),
    };
    lab.office.die(card.issued.resident);
    lab.jpki.publishNow();
    for (const kind of ["auth", "sign"] as const) {
      await step({ ja: `${kind} 失効`, en: `${kind} is revoked` }, async () => {
        const verdict = await systems.verify(certificates[kind], kind);
        expect(verdict.verdict).toBe("revoked");
      });
    }
  },
);

scenario(
  "PK-06",
  {
    title: {
      ja: "有効期限切れは、失効リストになくても「有効」ではない",
      en: "past its end a certificate is expired, whatever OCSP says",
    },
    system: "jpki",
    source: "RFC 5280 4.1.2.5; RFC 6960 2.2（goodは期限内を意味しない）",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const auth = await jpki.authCertificate();
    const serial = Number.parseInt(card.issued.authSerial, 16);
    const { notAfter } = lab.jpki.auth.authority.find(serial);

    await step({ ja: "最後の1秒は有効", en: "valid in its last second" }, async () => {
      lab.clock.travelTo(new Date(notAfter.getTime() - 1000));
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    await step({ ja: "翌日は期限切れ", en: "expired the day after" }, async () => {
      lab.clock.travelTo(new Date(notAfter.getTime() + 60 * MINUTE));
      expect(await systems.verify(auth, "auth")).toMatchObject({ verdict: "expired", notAfter });
      note({ ja: "有効期間の満了", en: "notAfter" }, notAfter.toISOString());
    });
  },
);

scenario(
  "PK-07",
  {
    title: {
      ja: "失効がOCSPに15分以内、CRLに翌日反映される",
      en: "a revocation reaches OCSP within 15 minutes and the list the next day",
    },
    system: "jpki",
    source: "デジタル庁 公的個人認証サービス導入の手引き 5.1.2（CRLは日次、OCSPは15分ごと）",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const auth = await jpki.authCertificate();
    const tomorrow = new Date(lab.clock.now().getTime() + 24 * 60 * MINUTE);
    const tenOClock = new Date(`${tomorrow.toISOString().slice(0, 10)}T10:00:00+09:00`);
    const verdicts = async () => [
      (await systems.verify(auth, "auth", "ocsp")).verdict,
      (await systems.verify(auth, "auth", "crl")).verdict,
    ];

    lab.clock.travelTo(tenOClock);
    lab.jpki.auth.authority.revoke(Number.parseInt(card.issued.authSerial, 16), "keyCompromise");
    const expected = [
      { after: 5, ja: "5分後", en: "after 5 minutes", verdicts: ["valid", "valid"] },
      { after: 16, ja: "16分後", en: "after 16 minutes", verdicts: ["revoked", "valid"] },
      {
        after: 15 * 60,
        ja: "翌日1時",
        en: "at 1:00 the next day",
        verdicts: ["revoked", "revoked"],
      },
    ];
    for (const moment of expected) {
      await step({ ja: `${moment.ja}のOCSPとCRL`, en: `OCSP and CRL ${moment.en}` }, async () => {
        lab.clock.travelTo(new Date(tenOClock.getTime() + moment.after * MINUTE));
        const found = await verdicts();
        expect(found).toEqual(moment.verdicts);
        note(
          { ja: `${moment.ja}（OCSP／CRL）`, en: `${moment.en} (OCSP / CRL)` },
          found.join(" / "),
        );
      });
    }
  },
);

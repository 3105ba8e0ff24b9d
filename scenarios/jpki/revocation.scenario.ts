/** What becomes of certificates in a person's life, and when the world gets to know. */
import {
  authCertificateOf,
  expect,
  japan,
  REVOCATION_GUIDANCE,
  scenario,
  signCertificateOf,
} from "../../harness/index.ts";

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
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const sign = await signCertificateOf(card);
    const auth = await authCertificateOf(card);

    await step({ ja: "転居前は両方有効", en: "before the move: both valid" }, async () => {
      expect((await systems.verify(sign, "sign")).verdict).toBe("valid");
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    lab.office.move(card.issued.resident);
    lab.jpki.publishNow();

    await step({ ja: "署名用は失効（記載事項変更）", en: "signature: revoked (3)" }, async () => {
      const verdict = await systems.verify(sign, "sign");
      expect(verdict).toMatchObject({ verdict: "revoked", reason: "affiliationChanged" });
      note({ ja: "署名用の失効理由", en: "reason" }, "affiliationChanged (3)");
    });
    await step({ ja: "住所等の変更と案内する", en: "the person is told of the move" }, async () => {
      const verdict = await systems.verify(sign, "sign");
      expect.assert(verdict.verdict === "revoked");
      const { reason, advice } = REVOCATION_GUIDANCE[verdict.reason];
      expect(reason.ja).toContain("住所");
      note({ ja: "案内", en: "advice" }, advice.ja);
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
    version: 2,
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const held = { verdict: "revoked", reason: "certificateHold" };
    await step({ ja: "紛失前は有効", en: "valid before the loss" }, async () => {
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    lab.office.lose(card.issued.resident);
    lab.jpki.publishNow();

    await step({ ja: "OCSPで失効", en: "revoked by OCSP" }, async () => {
      expect(await systems.verify(auth, "auth", "ocsp")).toMatchObject(held);
    });
    await step({ ja: "CRLでも失効", en: "revoked by CRL" }, async () => {
      expect(await systems.verify(auth, "auth", "crl")).toMatchObject(held);
    });
    await step(
      { ja: "カードが見つかっても戻らない", en: "nor when the card is found" },
      async () => {
        lab.office.find(card.issued.resident);
        lab.jpki.publishNow();
        for (const method of ["ocsp", "crl"] as const) {
          expect(await systems.verify(auth, "auth", method)).toMatchObject(held);
        }
      },
    );
    await step({ ja: "一年後も有効に戻らない", en: "not released a year later" }, async () => {
      lab.clock.advance(365 * 24 * 60 * MINUTE);
      for (const method of ["ocsp", "crl"] as const) {
        expect(await systems.verify(auth, "auth", method)).toMatchObject(held);
      }
    });
  },
);

scenario(
  "PK-05",
  {
    title: {
      ja: "死亡・国外転出で両方の証明書が失効し、4情報提供サービスは「データなし」となる",
      en: "death and moving abroad revoke both certificates, and the 4情報 service has no data",
    },
    system: "jpki",
    source: `${REASONS}; デジタル庁 最新の利用者情報（4情報）提供サービス`,
    effect: "read-only",
    needs: ["lab", "pins"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const service = systems.attributeProvision();
    const cases = [
      { ja: "死亡", en: "death", leave: "die" },
      { ja: "国外転出", en: "moving abroad", leave: "emigrate" },
    ] as const;
    for (const { ja, en, leave } of cases) {
      const card = await insertCard();
      const { resident } = card.issued;
      const certificates = {
        auth: await authCertificateOf(card),
        sign: await signCertificateOf(card),
      };
      const verdicts = async (method: "ocsp" | "crl") => [
        (await systems.verify(certificates.auth, "auth", method)).verdict,
        (await systems.verify(certificates.sign, "sign", method)).verdict,
      ];
      lab.attributeProvision.consents.give(resident.id);

      await step({ ja: `${ja}の前は有効で、4情報を得る`, en: `before ${en}: valid` }, async () => {
        expect(await verdicts("ocsp")).toEqual(["valid", "valid"]);
        expect((await service.attributes(certificates.auth)).result).toBe("provided");
      });
      lab.office[leave](resident);
      lab.jpki.publishNow();
      await step({ ja: `${ja}の後は両方失効`, en: `after ${en}: both revoked` }, async () => {
        expect(await verdicts("ocsp")).toEqual(["revoked", "revoked"]);
        expect(await verdicts("crl")).toEqual(["revoked", "revoked"]);
      });
      await step({ ja: "4情報はデータなし", en: "no data about the person" }, async () => {
        const answer = await service.attributes(certificates.auth);
        expect(answer).toEqual({ result: "noData" });
        note({ ja: `${ja}後の4情報提供`, en: `4情報 after ${en}` }, answer.result);
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
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const serial = Number.parseInt(card.issued.authSerial, 16);
    const { notAfter } = lab.jpki.auth.authority.find(serial);

    await step({ ja: "最後の1秒は有効", en: "valid in its last second" }, async () => {
      lab.clock.travelTo(new Date(notAfter.getTime() - 1000));
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    const expired = { verdict: "expired", notAfter };
    // The second of notAfter itself still belongs to the certificate.
    await step({ ja: "満了の秒が過ぎると期限切れ", en: "expired a second later" }, async () => {
      lab.clock.travelTo(new Date(notAfter.getTime() + 1000));
      expect(await systems.verify(auth, "auth")).toMatchObject(expired);
    });
    await step({ ja: "OCSPがgoodでも期限切れ", en: "expired, though OCSP says good" }, async () => {
      lab.clock.travelTo(new Date(notAfter.getTime() + 60 * MINUTE));
      expect((await systems.responder().check(auth)).status).toBe("good");
      expect(await systems.verify(auth, "auth", "ocsp")).toMatchObject(expired);
    });
    await step({ ja: "CRLになくても期限切れ", en: "expired, though in no list" }, async () => {
      expect((await systems.keptList("auth").check(auth)).status).toBe("good");
      expect(await systems.verify(auth, "auth", "crl")).toMatchObject(expired);
    });
    await step({ ja: "OCSPがunknownでも期限切れ", en: "expired, and not unknown" }, async () => {
      lab.jpki.faults.ocsp = "status-unknown";
      expect((await systems.responder().check(auth)).status).toBe("unknown");
      expect(await systems.verify(auth, "auth", "ocsp")).toMatchObject(expired);
      // Not the date itself: a certificate ends on a birthday of its holder.
      note(
        { ja: "満了の1秒前／1時間後", en: "a second before / an hour after" },
        "valid / expired",
      );
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
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const tenOClock = japan(lab)(0, "10:00");
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
        after: 14 * 60 - 1,
        ja: "当日23時59分",
        en: "at 23:59 of the same day",
        verdicts: ["revoked", "valid"],
      },
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

/** Revocation lists that are old, swapped, forged or turned back: the one that is trusted stays. */
import { authCertificateOf, expect, japan, scenario } from "../../harness/index.ts";

const DAILY = "デジタル庁 公的個人認証サービス導入の手引き 5.1.2（CRLは日次）";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

scenario(
  "PK-08",
  {
    title: {
      ja: "次回更新日時を過ぎたCRLでは「確認不可」とし、許されればOCSPで確認する",
      en: "a list past its nextUpdate is “could not check”, and OCSP is asked where that is allowed",
    },
    system: "jpki",
    source: `RFC 5280 5.1.2.5 (Next Update); ${DAILY}`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    const list = systems.keptList("auth");
    const byList = () => systems.verify(auth, "auth", { ask: [list] });

    await step({ ja: "期限内のCRLで有効", en: "valid by a list in date" }, async () => {
      expect((await byList()).verdict).toBe("valid");
    });
    await step({ ja: "配布が2日止まっても期限内", en: "in date two days later" }, async () => {
      lab.jpki.faults.crl = "http-503";
      lab.clock.advance(2 * DAY);
      expect((await byList()).verdict).toBe("valid");
    });
    await step({ ja: "4日止まると確認不可", en: "four days later: could not check" }, async () => {
      lab.clock.advance(2 * DAY);
      expect((await byList()).verdict).toBe("unchecked");
      note(
        { ja: "手元のCRLの次回更新日時", en: "nextUpdate of the list at hand" },
        list.list?.nextUpdate.toISOString() ?? "-",
      );
    });
    await step(
      { ja: "期限切れのCRLを配られた場合", en: "a stale list is handed out" },
      async () => {
        lab.jpki.faults.crl = "stale";
        await expect(list.refresh()).rejects.toMatchObject({ problem: "time" });
        const verdict = await byList();
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "time" } });
      },
    );
    await step({ ja: "OCSPを許せば有効", en: "valid where OCSP may be asked" }, async () => {
      const verdict = await systems.verify(auth, "auth", { ask: [list, "ocsp"] });
      expect(verdict).toMatchObject({ verdict: "valid", evidence: { method: "ocsp" } });
    });
    await step({ ja: "配布再開後は新しいCRLで有効", en: "back: valid by a new list" }, async () => {
      lab.jpki.faults.crl = "none";
      expect(await byList()).toMatchObject({ verdict: "valid", evidence: { method: "crl" } });
    });
  },
);

scenario(
  "PK-09",
  {
    title: {
      ja: "CRL差替え中は前日のCRLで答え、結果がどのCRLによるかを示す",
      en: "during the daily swap yesterday's list answers, and the result says so",
    },
    system: "jpki",
    source: `PocketSign Verify ドキュメント（CRL差替えは5〜10分）; ${DAILY}`,
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async (context) => {
    const { lab, systems, insertCard, step, note } = context;
    const at = japan(context.lab);
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const list = systems.keptList("auth");
    const verdictAt = async (moment: Date) => {
      lab.clock.travelTo(moment);
      await list.refresh();
      return systems.verify(auth, "auth", { ask: [list] });
    };
    const [before, after] = [at(0, "00:00"), at(1, "00:00")];

    await step({ ja: "当日のCRLで有効、その後失効", en: "valid, then revoked" }, async () => {
      const verdict = await verdictAt(at(0, "15:00"));
      expect(verdict).toMatchObject({ verdict: "valid", evidence: { thisUpdate: before } });
      lab.office.lose(card.issued.resident);
    });
    await step({ ja: "差替え中は前日のCRL", en: "in the swap: yesterday's list" }, async () => {
      for (const time of ["00:01", "00:09"]) {
        const verdict = await verdictAt(at(1, time));
        expect(verdict).toMatchObject({
          verdict: "valid",
          evidence: { method: "crl", thisUpdate: before },
        });
      }
      note({ ja: "差替え中の根拠", en: "evidence in the swap" }, before.toISOString());
    });
    await step({ ja: "差替え後は当日のCRLで失効", en: "after it: revoked" }, async () => {
      expect(await verdictAt(at(1, "00:10"))).toMatchObject({
        verdict: "revoked",
        reason: "certificateHold",
        evidence: { method: "crl", thisUpdate: after },
      });
      note({ ja: "差替え後の根拠", en: "evidence after it" }, after.toISOString());
    });
  },
);

scenario(
  "PK-10",
  {
    title: {
      ja: "署名が正しくないCRL・別の世代の鍵によるCRLは使わず、前のCRLを保つ",
      en: "a list with a wrong signature, or by another generation's key, leaves the old one in use",
    },
    system: "jpki",
    source: "RFC 5280 6.3.3 (f), (g)（CRLの署名検証）",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    // A second generation, so that there is another key under the same name.
    await lab.jpki.found("auth");
    const auth = await authCertificateOf(await insertCard());
    const list = systems.keptList("auth");
    const byList = (source = list) => systems.verify(auth, "auth", { ask: [source] });

    await step({ ja: "正しいCRLで有効", en: "valid by a list in order" }, async () => {
      expect((await byList()).verdict).toBe("valid");
    });
    const used = list.list;
    const cases = [
      { fault: "signature-wrong", ja: "署名が正しくないCRL", en: "a wrong signature" },
      { fault: "other-generation-key", ja: "別の世代の鍵によるCRL", en: "another key" },
    ] as const;
    for (const { fault, ja, en } of cases) {
      await step(
        { ja: `${ja}は使わず前のCRLを保つ`, en: `${en}: the old list stays` },
        async () => {
          lab.jpki.faults.crl = fault;
          await expect(list.refresh()).rejects.toMatchObject({ problem: "signature" });
          expect(list.list).toBe(used);
          expect((await byList()).verdict).toBe("valid");
        },
      );
      await step({ ja: "前のCRLがなければ確認不可", en: "without an old one" }, async () => {
        const verdict = await byList(systems.keptList("auth"));
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "signature" } });
        note({ ja, en }, verdict.verdict);
      });
    }
  },
);

scenario(
  "PK-14",
  {
    title: {
      ja: "CRL番号が戻るCRLは巻戻しとして拒む",
      en: "a list with a smaller number than one already seen is a rollback",
    },
    system: "jpki",
    source: "RFC 5280 5.2.3 (CRL Number)",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const list = systems.keptList("auth");
    const byList = (source = list) => systems.verify(auth, "auth", { ask: [source] });

    await step({ ja: "当日のCRLで失効", en: "revoked by the list of the day" }, async () => {
      lab.office.lose(card.issued.resident);
      lab.clock.advance(DAY);
      expect((await byList()).verdict).toBe("revoked");
      note({ ja: "使用中のCRL番号", en: "CRL number in use" }, String(list.list?.number));
    });
    await step({ ja: "初めて見るなら前日のCRLも使える", en: "good for a newcomer" }, async () => {
      lab.jpki.faults.crl = "yesterday";
      expect((await byList(systems.keptList("auth"))).verdict).toBe("valid");
      lab.jpki.faults.crl = "none";
    });
    const cases = [
      { fault: "yesterday", ja: "前日のCRL", en: "yesterday's list" },
      { fault: "rollback", ja: "番号だけ戻るCRL", en: "a list of today with a small number" },
    ] as const;
    for (const { fault, ja, en } of cases) {
      await step({ ja: `${ja}には戻さない`, en: `not taken: ${en}` }, async () => {
        lab.jpki.faults.crl = fault;
        await expect(list.refresh()).rejects.toMatchObject({ problem: "rollback" });
        expect((await byList()).verdict).toBe("revoked");
      });
    }
  },
);

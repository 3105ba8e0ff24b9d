/** Status services that do not answer, or not usefully: "could not check" is never "valid". */
import { authCertificateOf, expect, scenario, standBetween } from "../../harness/index.ts";

const MINUTE = 60_000;

function inJapan(moment: Date): string {
  const day = moment.toLocaleDateString("en-GB", { timeZone: "Asia/Tokyo", weekday: "long" });
  const options = { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit" } as const;
  return `${day} ${moment.toLocaleTimeString("en-GB", options)}`;
}

scenario(
  "PK-17",
  {
    title: {
      ja: "OCSPの障害（無応答・切断・503・HTML）は「確認不可」であって「有効」ではない",
      en: "an OCSP outage is “could not check”, and not “valid”",
    },
    system: "jpki",
    source: "RFC 6960 2.3; デジタル庁 MKPF 類型①（OCSP障害時はCRL）",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    await step({ ja: "障害がなければ有効", en: "valid without an outage" }, async () => {
      expect((await systems.verify(auth, "auth", "ocsp")).verdict).toBe("valid");
    });
    const cases = [
      { fault: "timeout", problem: "timeout", ocsp: { timeout: 500 } },
      { fault: "reset", problem: "connection", ocsp: {} },
      { fault: "http-503", problem: "http", ocsp: {} },
      { fault: "html", problem: "contentType", ocsp: {} },
    ] as const;
    for (const { fault, problem, ocsp } of cases) {
      await step({ ja: `障害: ${fault}`, en: `fault: ${fault}` }, async () => {
        lab.jpki.faults.ocsp = fault;
        const verdict = await systems.verify(auth, "auth", { ocsp });
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem } });
        note({ ja: `OCSP ${fault}`, en: `OCSP ${fault}` }, verdict.verdict);
      });
      await step({ ja: "CRLを許せば有効", en: "valid where the list may be used" }, async () => {
        const verdict = await systems.verify(auth, "auth", { ask: ["ocsp", "crl"], ocsp });
        expect(verdict).toMatchObject({ verdict: "valid", evidence: { method: "crl" } });
      });
    }
    await step({ ja: "CRLも使えなければ確認不可", en: "with both down: unchecked" }, async () => {
      lab.jpki.faults.crl = "reset";
      const verdict = await systems.verify(auth, "auth", { ask: ["ocsp", "crl"] });
      expect(verdict.verdict).toBe("unchecked");
    });
  },
);

scenario(
  "PK-18",
  {
    title: {
      ja: "OCSPのエラー応答は区別され「確認不可」になり、再照会は一時的なものだけ",
      en: "OCSP error answers are told apart and “could not check”; only passing ones are asked again",
    },
    system: "jpki",
    source: "RFC 6960 2.3, 4.2.1 (OCSPResponseStatus)",
    effect: "read-only",
    needs: ["lab"],
    version: 3,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    await using counted = await standBetween(lab.addresses.ocsp);
    const verify = () => systems.verify(auth, "auth", { ocsp: { url: counted.url, retries: 1 } });

    await step({ ja: "正常なら1回で有効", en: "in order: valid, asked once" }, async () => {
      expect((await verify()).verdict).toBe("valid");
      expect(counted.asked).toBe(1);
    });
    const cases = [
      { fault: "malformedRequest", times: 1 },
      { fault: "internalError", times: 2 },
      { fault: "tryLater", times: 2 },
      { fault: "sigRequired", times: 1 },
      { fault: "unauthorized", times: 1 },
    ] as const;
    for (const { fault, times } of cases) {
      await step(
        { ja: `${fault}: 照会${times}回`, en: `${fault}: asked ${times} times` },
        async () => {
          const before = counted.asked;
          lab.jpki.faults.ocsp = fault;
          const verdict = await verify();
          expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: fault } });
          expect(counted.asked - before).toBe(times);
          note({ ja: fault, en: fault }, `${verdict.verdict}, ${times}×`);
        },
      );
    }
    await step({ ja: "一度だけのtryLaterなら有効", en: "tryLater once: valid" }, async () => {
      const before = counted.asked;
      lab.jpki.planFault("ocsp", { mode: "tryLater", times: 1 });
      expect((await verify()).verdict).toBe("valid");
      expect(counted.asked - before).toBe(2);
    });
  },
);

scenario(
  "PK-25",
  {
    title: {
      ja: "OCSPの unknown を「有効」として扱わない",
      en: "status unknown is never treated as good",
    },
    system: "jpki",
    source: "RFC 6960 2.2 (unknown)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    const unregistered = await systems.unregisteredCertificate();
    await step({ ja: "発行記録のある証明書は有効", en: "one on record: valid" }, async () => {
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    await step({ ja: "応答者の知らない発行番号", en: "a serial it does not know" }, async () => {
      const verdict = await systems.verify(unregistered, "auth");
      expect(verdict.verdict).toBe("unknown");
      note({ ja: "未知の発行番号", en: "unknown serial" }, verdict.verdict);
    });
    await step(
      { ja: "すべてにunknownと答える場合", en: "says unknown to everything" },
      async () => {
        lab.jpki.faults.ocsp = "status-unknown";
        expect((await systems.verify(auth, "auth")).verdict).toBe("unknown");
      },
    );
  },
);

scenario(
  "PK-27",
  {
    title: {
      ja: "計画停止（日曜3時〜4時）は再開時刻つきで伝わり、手元のCRLで続けられる",
      en: "a planned outage says when it ends, and the list at hand carries through it",
    },
    system: "jpki",
    source:
      "公的個人認証サービス ポータルサイト（計画停止のお知らせ）; RFC 9110 10.2.3 (Retry-After)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    // It may be that Sunday now, with no ten minutes left before three: let that one pass.
    lab.clock.travelTo(systems.planMaintenance().until);
    const { from, until } = systems.planMaintenance();
    const list = systems.keptList("auth");
    const at = (moment: Date, minutes: number) =>
      lab.clock.travelTo(new Date(moment.getTime() + minutes * MINUTE));

    await step({ ja: "計画は日曜3時から4時", en: "planned: a Sunday, from 3 to 4" }, () => {
      expect([from, until].map(inJapan)).toEqual(["Sunday 03:00", "Sunday 04:00"]);
    });
    await step({ ja: "停止の10分前は有効", en: "valid ten minutes before" }, async () => {
      at(from, -10);
      await list.refresh();
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    await step(
      { ja: "停止中は確認不可、再開まで45分", en: "unchecked, 45 minutes left" },
      async () => {
        at(from, 15);
        const verdict = await systems.verify(auth, "auth", { ask: ["ocsp", "crl"] });
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "http" } });
        expect.assert(verdict.verdict === "unchecked");
        const { retryAfter } = verdict.why as { retryAfter?: number };
        expect(Math.ceil((retryAfter ?? 0) / 60)).toBe(45);
        note({ ja: "再照会までの秒数", en: "seconds until to ask again" }, String(retryAfter));
      },
    );
    await step({ ja: "手元のCRLで有効", en: "valid by the list at hand" }, async () => {
      const verdict = await systems.verify(auth, "auth", { ask: ["ocsp", list] });
      expect(verdict).toMatchObject({ verdict: "valid", evidence: { method: "crl" } });
    });
    await step({ ja: "再開後はOCSPで有効", en: "afterwards valid by OCSP" }, async () => {
      at(until, 0);
      const verdict = await systems.verify(auth, "auth", { ask: ["ocsp", list] });
      expect(verdict).toMatchObject({ verdict: "valid", evidence: { method: "ocsp" } });
    });
  },
);

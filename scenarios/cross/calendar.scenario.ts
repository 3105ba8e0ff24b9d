/** The calendar: midnight in Japan, turns of years, leap days and the year 2050. */
import { X509Certificate } from "node:crypto";
import {
  authCertificateOf,
  expect,
  type ScenarioContext,
  scenario,
  signCertificateOf,
  toHex,
} from "../../harness/index.ts";

const SECOND = 1000;

/**
 * Moments of issue (JST), birthdays, and the last second of the certificate, worked out by hand: the
 * fifth birthday that comes after the day of issue in Japan, 23:59:59 there.
 */
const CASES = [
  {
    ja: "大晦日の最後の1秒に発行",
    en: "in the last second of the year",
    issued: "2026-12-31T23:59:59+09:00",
    birthDate: "19900101",
    until: "2031-01-01T14:59:59.000Z",
  },
  {
    ja: "元日の0時、誕生日に発行（UTCではまだ前日）",
    en: "at midnight of a birthday, which is the day before in UTC",
    issued: "2027-01-01T00:00:00+09:00",
    birthDate: "19900101",
    until: "2032-01-01T14:59:59.000Z",
  },
  {
    ja: "誕生日の前日の深夜に発行",
    en: "late on the eve of a birthday",
    issued: "2027-04-01T23:59:59+09:00",
    birthDate: "19850402",
    until: "2031-04-02T14:59:59.000Z",
  },
  {
    ja: "2月29日生まれ、誕生日の前日に発行",
    en: "born on 29 February, on the eve",
    issued: "2027-02-27T12:00:00+09:00",
    birthDate: "20000229",
    until: "2031-02-28T14:59:59.000Z",
  },
  {
    ja: "2月29日生まれ、うるう年の2月29日に発行",
    en: "born on 29 February, on a 29 February",
    issued: "2028-02-29T12:00:00+09:00",
    birthDate: "20000229",
    until: "2033-02-28T14:59:59.000Z",
  },
] as const;

scenario(
  "XS-03",
  {
    title: {
      ja: "有効期限は日本時間の5回目の誕生日の終わりまでで、深夜・年末・うるう日でもずれない",
      en: "a certificate ends with the fifth birthday in Japan, whatever the hour, year's end or leap day",
    },
    system: "cross",
    source:
      "電子署名等に係る地方公共団体情報システム機構の認証業務に関する法律施行規則（電子証明書の有効期間：発行後5回目の誕生日）; RFC 5280 4.1.2.5",
    effect: "read-only",
    needs: ["lab"],
    timeout: 60_000,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const library = await systems.mkpf("試験市 図書館");
    const window = systems.localAuthPf("試験市 市民課窓口");
    for (const { ja, en, issued, birthDate, until } of CASES) {
      await step({ ja, en }, async () => {
        lab.clock.travelTo(new Date(issued));
        lab.clock.stop();
        const resident = lab.office.register("adult");
        lab.counter.correct(resident, { birthDate });
        const card = await insertCard({ card: await lab.handOut(resident) });
        const certificate = await authCertificateOf(card);
        expect(endOf(certificate)).toBe(until);
        note({ ja, en }, until.slice(0, 10));

        const last = new Date(until).getTime();
        for (const [moment, verdict] of [
          [last, "valid"],
          [last + SECOND, "expired"],
        ] as const) {
          lab.clock.travelTo(new Date(moment));
          expect((await systems.verify(certificate, "auth")).verdict).toBe(verdict);
          const answer = await library.validity({ certificate });
          expect(answer).toMatchObject(
            verdict === "valid" ? { result: "valid" } : { result: "invalid", reason: "expired" },
          );
          expect((await window.verify(certificate, "auth")).result).toBe(verdict);
        }
      });
    }
  },
);

scenario(
  "XS-04",
  {
    title: {
      ja: "2050年をまたぐ証明書・CRL・OCSPの時刻（UTCTimeとGeneralizedTime）を取り違えない",
      en: "times of certificates, lists and OCSP across 2050 (UTCTime, GeneralizedTime) are read right",
    },
    system: "cross",
    source:
      "RFC 5280 4.1.2.5（2049年まではUTCTime、2050年からはGeneralizedTime）, 5.1.2.4〜5.1.2.6",
    effect: "read-only",
    needs: ["lab", "pins"],
    timeout: 60_000,
  },
  async (context) => {
    const { lab, systems, step } = context;
    lab.clock.travelTo(new Date("2046-06-01T03:00:00Z"));
    lab.clock.stop();
    for (const kind of ["auth", "sign"] as const) await lab.jpki.found(kind);
    const [early, late, kept] = [
      await issued(context),
      await issued(context),
      await issued(context),
    ];
    const library = await systems.mkpf("試験市 図書館");
    const verdicts = async (certificate: Uint8Array) => [
      (await systems.verify(certificate, "sign", "ocsp")).verdict,
      (await systems.verify(certificate, "sign", "crl")).verdict,
    ];

    await step({ ja: "2050年以後の期限はGeneralizedTime", en: "two forms in one" }, () => {
      const end = endOf(kept.sign);
      expect(Number(end.slice(0, 4))).toBeGreaterThanOrEqual(2050);
      expect(timesIn(kept.sign)).toEqual([
        `17 ${digitsOf(new X509Certificate(kept.sign).validFrom).slice(2)}`,
        `18 ${digitsOf(end)}`,
      ]);
    });
    await step({ ja: "2049年のうちの確認と失効", en: "in 2049" }, async () => {
      lab.clock.travelTo(new Date("2049-12-31T13:30:00Z"));
      lab.counter.move(early.resident);
      lab.jpki.publishNow();
      expect(await verdicts(early.sign)).toEqual(["revoked", "revoked"]);
      expect(await verdicts(late.sign)).toEqual(["valid", "valid"]);
    });
    await step({ ja: "2050年に入ってからの失効", en: "in 2050" }, async () => {
      lab.clock.travelTo(new Date("2050-01-01T00:30:00Z"));
      lab.counter.move(late.resident);
      lab.jpki.publishNow();
      for (const [{ sign }, revokedAt] of [
        [early, "2049-12-31T13:30:00.000Z"],
        [late, "2050-01-01T00:30:00.000Z"],
      ] as const) {
        for (const method of ["ocsp", "crl"] as const) {
          const verdict = await systems.verify(sign, "sign", method);
          expect.assert(verdict.verdict === "revoked");
          expect(verdict.revokedAt.toISOString()).toBe(revokedAt);
          expect(verdict.evidence.thisUpdate.getUTCFullYear()).toBe(2050);
        }
      }
    });
    await step({ ja: "失効していない人は2050年も有効", en: "the third one: valid" }, async () => {
      expect(await verdicts(kept.sign)).toEqual(["valid", "valid"]);
      expect(await library.validity({ certificate: kept.auth })).toMatchObject({ result: "valid" });
    });
    await step({ ja: "期限の翌秒に期限切れ", en: "expired a second after" }, async () => {
      const end = new Date(endOf(kept.auth)).getTime();
      lab.clock.travelTo(new Date(end));
      expect(await library.validity({ certificate: kept.auth })).toMatchObject({ result: "valid" });
      lab.clock.travelTo(new Date(end + SECOND));
      expect(await library.validity({ certificate: kept.auth })).toMatchObject({
        result: "invalid",
        reason: "expired",
      });
    });
  },
);

async function issued({ insertCard }: ScenarioContext) {
  const card = await insertCard();
  const auth = await authCertificateOf(card);
  return { resident: card.issued.resident, auth, sign: await signCertificateOf(card) };
}

/** By Node.js's own reading (OpenSSL), which shares nothing with the CA that wrote it. */
function endOf(certificate: Uint8Array): string {
  return new Date(new X509Certificate(certificate).validTo).toISOString();
}

/** YYYYMMDDhhmmss in UTC. */
function digitsOf(time: string): string {
  return new Date(time).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** The two times of a certificate as they are written: tag (17 UTCTime, 18 GeneralizedTime) and digits. */
function timesIn(certificate: Uint8Array): string[] {
  const written = toHex(certificate).matchAll(/(170D(?:3\d){12}|180F(?:3\d){14})5A/g);
  return [...written].map(([, time = ""]) => {
    const digits = Buffer.from(time.slice(4), "hex").toString("latin1");
    return `${time.slice(0, 2)} ${digits}`;
  });
}

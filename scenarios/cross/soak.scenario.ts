/**
 * Many authentications with faults at random. This is the short form; the long one, 10,000 sessions, is
 * `jpki-bench soak --sessions 10000 --seed SEED`.
 */
import { expect, scenario, soak } from "../../harness/index.ts";

const SESSIONS = 300;

scenario(
  "XS-07",
  {
    title: {
      ja: "障害を混ぜた300回の認証：偽の「有効」なし、暗証番号の再送なし、PPIDの重複なし",
      en: "300 authentications with faults at random: no false “valid”, no PIN sent twice, no duplicate PPID",
    },
    system: "cross",
    source:
      "RFC 6960 3.2（応答の受入れ条件）; ISO/IEC 7816-4 11.5.6（VERIFYの残り回数）; デジタル庁 マイキープラットフォーム連携の手引き（PPID）; 長い形: jpki-bench soak",
    effect: "spends-tries",
    needs: ["lab"],
    tags: ["load"],
    timeout: 300_000,
  },
  async ({ lab, step, note }) => {
    const figures = await step(
      { ja: "各表1%の障害を混ぜて繰り返す", en: "again and again, 1 % of each table" },
      () => soak(lab, { sessions: SESSIONS }),
    );
    const { answers, faults, pinsSent, pinsTyped, pseudonyms, violations } = figures;
    const total = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((sum, times) => sum + times, 0);

    await step({ ja: "障害は実際に起きている", en: "faults there were" }, () => {
      expect(total(answers)).toBe(SESSIONS);
      expect(total(faults)).toBeGreaterThan(5);
      note({ ja: "起こした障害", en: "faults" }, String(total(faults)));
    });
    await step({ ja: "有効・無効のどちらもある", en: "both yes and no" }, () => {
      const said = (word: RegExp) =>
        total(Object.fromEntries(Object.entries(answers).filter(([answer]) => word.test(answer))));
      expect(said(/ valid$/)).toBeGreaterThan(SESSIONS / 2);
      expect(said(/ (invalid|revoked)$/)).toBeGreaterThan(0);
      note({ ja: "「有効」の回数", en: "valid" }, String(said(/ valid$/)));
    });
    await step({ ja: "偽の「有効」・PIN再送・PPID重複がない", en: "nothing broken" }, () => {
      expect(violations).toEqual([]);
      expect(pinsSent).toBeGreaterThan(0);
      expect(pinsSent).toBeLessThanOrEqual(pinsTyped);
      expect(pseudonyms).toBeGreaterThan(0);
      note({ ja: "送ったVERIFY", en: "VERIFY sent" }, String(pinsSent));
      note({ ja: "再現用の要約値", en: "digest" }, figures.digest);
    });
  },
);

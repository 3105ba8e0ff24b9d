/** Times and evidence as clerks read them: Japanese time, and what an answer rests on. */
import type { Bilingual } from "../../../reports/journal/events.ts";
import type { AnswerEvidence } from "../../../simulator/platform/evidence.ts";

const DAY = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

const MOMENT = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** 2026/11/21. */
export function day(date: Date): string {
  return DAY.format(date);
}

/** 2026/11/21 19:05:00. */
export function moment(date: Date): string {
  return MOMENT.format(date);
}

/** 2001年02月03日, of YYYYMMDD; anything else as it is. */
export function birthday(text: string): string {
  return text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1年$2月$3日");
}

const SEXES: Readonly<Record<string, string>> = { "1": "男", "2": "女", "9": "その他" };

/** By ISO/IEC 5218. */
export function sexOf(code: string): string {
  return SEXES[code] ?? "不明";
}

/** What a verdict rests on, with its times. */
export function evidenceText(evidence: AnswerEvidence): Bilingual {
  switch (evidence.method) {
    case "ocsp": {
      const [produced, updated] = [moment(evidence.producedAt), moment(evidence.thisUpdate)];
      return {
        ja: `OCSP応答 ${produced}（失効情報 ${updated} 時点）`,
        en: `OCSP answer of ${produced}, data as of ${updated}`,
      };
    }
    case "crl": {
      const updated = moment(evidence.thisUpdate);
      return {
        ja: `失効リスト 第${evidence.crlNumber}号（${updated} 発行）`,
        en: `CRL number ${evidence.crlNumber} of ${updated}`,
      };
    }
    case "certificate": {
      const [from, until] = [day(evidence.notBefore), day(evidence.notAfter)];
      return { ja: `証明書の有効期間 ${from}〜${until}`, en: `validity ${from} to ${until}` };
    }
  }
}

/** The words of a comparison, in both languages. */
import type { Bilingual } from "../journal/events.ts";
import type { Parting } from "./comparison.ts";
import type { Latency } from "./latency.ts";

export const COMPARE = {
  title: { ja: "接続試験 比較表", en: "Comparison of Connection Tests" },
  agree: {
    ja: "判定とステータスワードはすべて一致しました。",
    en: "All verdicts and status words agree.",
  },
  differ: (count: number): Bilingual => ({
    ja: `${count}件の試験で判定またはステータスワードが異なります。`,
    en: `Verdicts or status words differ in ${count} scenario${count === 1 ? "" : "s"}.`,
  }),
  differences: { ja: "異なるところ", en: "Where they differ" },
  verdicts: { ja: "試験ごとの判定", en: "Verdicts by scenario" },
  latency: { ja: "応答時間(ミリ秒)", en: "Response times (ms)" },
  latencyNote: {
    ja: "印は中央値、線の右端は95パーセンタイル。横軸は対数目盛です。",
    en: "The mark is the median, the line ends at the 95th percentile. The scale is logarithmic.",
  },
  notExpressible: { ja: "実施できない試験とその理由", en: "Not run, and why" },
  command: { ja: "コマンド", en: "Command" },
  ended: { ja: "(コマンドなし)", en: "(no command)" },
} as const;

/** What the reader of column `i` did where the answers part: `VERIFY 利用者証明用PIN → 63C2`. */
export function partingText({ acts }: Parting, i: number): Bilingual {
  const act = acts[i];
  if (act === undefined) return COMPARE.ended;
  return { ja: `${act.label.ja} → ${act.answer}`, en: `${act.label.en} → ${act.answer}` };
}

/** `1.24 / 3.10`: median and 95th percentile. */
export function latencyText({ median, p95 }: Latency): string {
  return `${milliseconds(median)} / ${milliseconds(p95)}`;
}

/** Three figures are what a measurement is worth: `0.12`, `12.3`, `123`. */
export function milliseconds(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

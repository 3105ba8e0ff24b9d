/** The words all reports share, in both languages. */
import type { Bilingual, Effect } from "../journal/events.ts";
import type { Conclusion, Outcome } from "../journal/summary.ts";

export const OUTCOMES: Readonly<Record<Outcome, Bilingual & { readonly mark: string }>> = {
  passed: { ja: "合格", en: "Passed", mark: "✓" },
  failed: { ja: "不合格", en: "Failed", mark: "✗" },
  skipped: { ja: "スキップ", en: "Skipped", mark: "–" },
  interrupted: { ja: "中断", en: "Interrupted", mark: "!" },
};

/** In the order tables show them. */
export const OUTCOME_ORDER: readonly Outcome[] = ["passed", "failed", "skipped", "interrupted"];

export const CONCLUSIONS: Readonly<Record<Conclusion, Bilingual>> = {
  passed: { ja: "合格", en: "Passed" },
  failed: { ja: "不合格あり", en: "Failures found" },
  incomplete: { ja: "未完了", en: "Incomplete" },
};

export const EFFECTS: Readonly<Record<Effect, Bilingual>> = {
  "read-only": { ja: "読取りのみ", en: "Reads only" },
  "spends-tries": { ja: "PIN試行回数を消費", en: "Spends PIN tries" },
  "changes-card": { ja: "カードを書換え", en: "Changes the card" },
  "destroys-card": { ja: "カードを使用不能に", en: "Destroys the card" },
};

export const WORDS = {
  total: { ja: "合計", en: "Total" },
  system: { ja: "対象システム", en: "System" },
  notRun: { ja: "未実施", en: "Not run" },
  flaky: { ja: "再試行で合格", en: "Passed on retry" },
  time: { ja: "所要時間", en: "Time" },
  project: { ja: "プロジェクト", en: "Project" },
  run: { ja: "実行番号", en: "Run" },
  seed: { ja: "乱数シード", en: "Seed" },
  started: { ja: "開始", en: "Started" },
  ended: { ja: "終了", en: "Ended" },
  step: { ja: "手順", en: "Step" },
  steps: { ja: "手順と結果", en: "Steps" },
  failure: { ja: "不合格の内容", en: "What failed" },
  cutShort: { ja: "中断したところ", en: "Where it was cut short" },
  code: { ja: "コード", en: "Code" },
  message: { ja: "内容", en: "Message" },
  expected: { ja: "期待値", en: "Expected" },
  actual: { ja: "実際の値", en: "Actual" },
  location: { ja: "場所", en: "Location" },
  lastApdu: { ja: "最後のAPDU", en: "Last APDU" },
  reason: { ja: "理由", en: "Reason" },
  attempt: { ja: "試行", en: "Attempt" },
  source: { ja: "根拠", en: "Source" },
  effect: { ja: "カードへの影響", en: "Effect on the card" },
  scenario: { ja: "試験", en: "Scenario" },
  verdict: { ja: "判定", en: "Verdict" },
  evidence: { ja: "確認した事実", en: "Evidence" },
  reports: { ja: "報告書", en: "Reports" },
  noMessage: { ja: "(記録なし)", en: "(not recorded)" },
} as const satisfies Record<string, Bilingual>;

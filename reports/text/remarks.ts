/** What a reader must know before trusting the figures: everything that is missing from them. */
import type { Bilingual } from "../journal/events.ts";
import type { RunFacts, RunSummary } from "../journal/summary.ts";

export function remarks(summary: RunSummary): Bilingual[] {
  return [...aboutJournal(summary), ...summary.runs.flatMap(aboutRun), ...aboutScenarios(summary)];
}

function aboutJournal({ truncated, runs }: RunSummary): Bilingual[] {
  const found: Bilingual[] = [];
  if (truncated !== undefined) {
    found.push({
      ja: `記録の最後の行(${truncated.line}行目)が途中で切れています。`,
      en: `The last line of the journal (line ${truncated.line}) is cut off.`,
    });
  }
  if (runs.length > 1) {
    found.push({
      ja: `${runs.length}回の実行の記録をまとめたものです。`,
      en: `The records of ${runs.length} runs are put together here.`,
    });
  }
  return found;
}

function aboutRun({ interrupted, missingShards }: RunFacts): Bilingual[] {
  const found: Bilingual[] = [];
  if (interrupted) {
    found.push({
      ja: "実行が途中で終わっています。",
      en: "The run ended before everything had run.",
    });
  }
  if (missingShards.length > 0) {
    const list = missingShards.join(", ");
    found.push({
      ja: `分割実行のうち ${list} 番の記録がありません。`,
      en: `The journal of shard ${list} is missing.`,
    });
  }
  return found;
}

function aboutScenarios({ counts, flaky, notRun }: RunSummary): Bilingual[] {
  const found: Bilingual[] = [];
  if (notRun > 0) {
    found.push({
      ja: `計画した試験のうち${notRun}件が未実施です。`,
      en: `Planned scenarios that did not run: ${notRun}.`,
    });
  }
  if (counts.interrupted > 0) {
    found.push({
      ja: `${counts.interrupted}件の試験は判定に至っていません。`,
      en: `Scenarios without a verdict: ${counts.interrupted}.`,
    });
  }
  if (flaky > 0) {
    found.push({
      ja: `${flaky}件は再試行で合格しました。`,
      en: `Scenarios that passed only when tried again: ${flaky}.`,
    });
  }
  if (counts.passed === 0) {
    found.push({ ja: "合格した試験がありません。", en: "No scenario passed." });
  }
  return found;
}

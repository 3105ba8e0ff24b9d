/** The facts of a run and of its record, and what the words of the verdicts mean. */
import type { CellObject } from "write-excel-file/node";
import type { Bilingual } from "../../journal/events.ts";
import type { RunFacts, RunSummary } from "../../journal/summary.ts";
import { type Language, same } from "../../text/language.ts";
import { OUTCOMES, WORDS } from "../../text/words.ts";
import { moment, number, seconds } from "./cells.ts";
import { BODY } from "./look.ts";

export interface Fact {
  readonly label: Bilingual;
  /** A text or a cell; absent where people write it in. */
  readonly value?: Bilingual | CellObject;
}

export function runFacts(run: RunFacts, summary: RunSummary, lang: Language): Fact[] {
  const { startedAt, endedAt, project, seed, planned, environment } = run;
  const took = Date.parse(endedAt) - Date.parse(startedAt);
  return [
    { label: { ja: "開始(日本時間)", en: "Started (JST)" }, value: moment(startedAt, lang, BODY) },
    { label: { ja: "終了(日本時間)", en: "Ended (JST)" }, value: moment(endedAt, lang, BODY) },
    { label: { ja: "所要時間(秒)", en: "Time (s)" }, value: seconds(took, FIGURE) },
    { label: WORDS.project, value: same(project ?? "—") },
    { label: WORDS.seed, value: same(seed ?? "—") },
    { label: { ja: "計画件数", en: "Planned" }, value: number(planned, "0", FIGURE) },
    { label: { ja: "分割実行", en: "Shards" }, value: shards(run) },
    { label: WORDS.run, value: same(run.run) },
    ...Object.entries(environment).map(([name, value]) => environmentFact(name, value)),
    {
      label: { ja: "通信した読取装置", en: "Readers talked to" },
      value: same(readersOf(run, summary)),
    },
  ];
}

/** Of all runs together: which of them it was is not known. */
export function notRunFact({ notRun }: RunSummary): Fact {
  return { label: WORDS.notRun, value: number(notRun, "0", FIGURE) };
}

const FIGURE = { ...BODY, align: "left" } as const;

function environmentFact(name: string, value: string): Fact {
  return { label: { ja: `実行環境: ${name}`, en: `Environment: ${name}` }, value: same(value) };
}

function shards({ shards: present, missingShards }: RunFacts): Bilingual {
  const count = present.length + missingShards.length;
  if (count <= 1) return { ja: "なし", en: "None" };
  const list = present.join(", ");
  return { ja: `${count}分割のうち ${list} 番`, en: `${list} of ${count}` };
}

function readersOf({ run }: RunFacts, { scenarios }: RunSummary): string {
  const readers = new Set<string>();
  for (const { run: own, earlier, last } of scenarios) {
    if (own !== run) continue;
    for (const exchange of [...earlier, last].flatMap((attempt) => attempt.exchanges)) {
      if (exchange.type === "apdu") readers.add(exchange.reader);
    }
  }
  return [...readers].join("\n") || "—";
}

/** @param digest of the journal, where it is known */
export function journalFacts(digest: string | undefined): Fact[] {
  const known: Fact[] =
    digest === undefined
      ? []
      : [{ label: { ja: "記録の要約値", en: "Digest of the record" }, value: same(digest) }];
  return [
    { label: { ja: "記録", en: "Record" }, value: same("journal.ndjson") },
    ...known,
    {
      label: { ja: "確かめ方", en: "To be checked by" },
      value: same(
        `jpki-bench report verify DIR${digest === undefined ? "" : ` --digest ${digest}`}`,
      ),
    },
    {
      label: { ja: "記入するとき", en: "Before writing in it" },
      value: {
        ja: "このファイルの写しに記入してください。記入前のファイルは、上の方法で記録から再現できます。",
        en: "Fill in a copy of this file. The file as it was made can be made again from the record, as above.",
      },
    },
  ];
}

export const READING: readonly Fact[] = [
  {
    label: OUTCOMES.passed,
    value: {
      ja: "期待した結果をすべて確認できた。これ以外の語は合格ではない。",
      en: "Everything expected was seen. No other word means that.",
    },
  },
  {
    label: OUTCOMES.failed,
    value: {
      ja: "期待した結果と違った。段階と理由を「結果一覧」と「手順」に示す。",
      en: "Something was not as expected; the other sheets say where and why.",
    },
  },
  {
    label: OUTCOMES.skipped,
    value: {
      ja: "前提がそろわず実施していない。結果は確認できていない。理由を「結果一覧」に示す。",
      en: "Not carried out for want of something; nothing was confirmed. The reason is given.",
    },
  },
  {
    label: OUTCOMES.interrupted,
    value: {
      ja: "始めたが判定に至らなかった。結果は確認できていない。",
      en: "Begun, and cut short before a verdict; nothing was confirmed.",
    },
  },
  {
    label: WORDS.notRun,
    value: {
      ja: "計画したが、始まった記録がない。「結果一覧」に行がない。",
      en: "Planned, and no record of it; it has no row in the results.",
    },
  },
  {
    label: { ja: "手順の期待値", en: "Expected, of a step" },
    value: {
      ja: "手順の内容が、期待した動作を表す。値は、それと違ったときにだけ示す。",
      en: "What a step says is what was expected; values are given where something else was seen.",
    },
  },
  {
    label: { ja: "消費した試行回数", en: "Tries spent" },
    value: {
      ja: "PIN・パスワード・照合番号などを送り、拒まれた回数(応答がなかったものを含む)。その後の正しい照合で戻った分も数える。",
      en: "PINs, passwords and codes that were sent and refused, or never answered. Those that a right one gave back afterwards are counted.",
    },
  },
  {
    label: { ja: "伏せた値", en: "What is masked" },
    value: {
      ja: "PIN・照合番号・個人番号・4情報は記録の時点で伏せてあり、記号(‹PIN› など)で示す。",
      en: "PINs, codes A and B, the Individual Number and the four attributes were masked when recorded and stand as marks such as ‹PIN›.",
    },
  },
];

import { describe, expect, it } from "vitest";
import { summarize } from "../../journal/summarize.ts";
import { sampleRun } from "../../testing/sample.ts";
import { overviewSheet } from "./overview.ts";
import { valuesOf } from "./testing/values.ts";

const DIGEST = `sha256:${"0f".repeat(32)}`;
const rows = valuesOf(overviewSheet(summarize(sampleRun()), { lang: "ja", digest: DIGEST }));

/** What stands beside `label`. */
function beside(label: string) {
  return rows.find(([first]) => first === label)?.[1];
}

describe("the summary", () => {
  it("begins with what the run came to", () => {
    expect(rows.slice(0, 2).map((row) => row.filter(Boolean))).toEqual([
      ["接続試験 結果報告書"],
      ["判定", "不合格あり"],
    ]);
  });

  it("counts by system, as numbers", () => {
    const at = rows.findIndex(([first]) => first === "対象システム");

    expect(rows[at]).toEqual([
      ...["対象システム", "合格", "不合格", "スキップ", "中断", "合計", "所要時間(秒)"],
    ]);
    expect(rows[at + 2]).toEqual(["公的個人認証サービス", 3, 1, 0, 0, 4, 0.274]);
    expect(rows[at + 7]).toEqual(["合計", 7, 1, 1, 1, 10, 1.706]);
    expect(rows[at + 8]?.slice(0, 2)).toEqual(["未実施", 1]);
  });

  it("warns of everything that is missing", () => {
    expect(rows).toContainEqual(["計画した試験のうち1件が未実施です。"]);
  });

  it("says when, with what and by which reader it was run", () => {
    expect(beside("開始(日本時間)")).toEqual(new Date("2026-11-21T15:04:05.004Z"));
    expect(beside("プロジェクト")).toBe("simulated");
    expect(beside("乱数シード")).toBe("20261121");
    expect(beside("計画件数")).toBe(11);
    expect(beside("実行番号")).toBe("run-1");
    expect(beside("実行環境: node")).toBe("v20.20.2");
    expect(beside("通信した読取装置")).toBe("simulated");
  });

  it("identifies its evidence", () => {
    expect(beside("記録の要約値")).toBe(DIGEST);
    expect(beside("確かめ方")).toBe(`jpki-bench report verify DIR --digest ${DIGEST}`);
  });

  it("explains every word that is not passed", () => {
    for (const word of ["不合格", "スキップ", "中断", "未実施"]) {
      expect(rows.filter(([first]) => first === word).at(-1)?.[1]).toEqual(expect.any(String));
    }
  });

  it("leaves room for names and a date", () => {
    for (const label of ["試験実施者", "確認者", "確認日"]) {
      expect(rows.some(([first, value]) => first === label && value === undefined)).toBe(true);
    }
  });
});

it("claims no digest it was not told of", () => {
  const shown = valuesOf(overviewSheet(summarize(sampleRun()), { lang: "en" })).flat();

  expect(shown).toContain("Failures found");
  expect(shown).toContain("jpki-bench report verify DIR");
  expect(shown).not.toContain("Digest of the record");
});

it("tells of each run where there are several, and which shards are missing", () => {
  const [start, ...rest] = sampleRun();
  const shard = { ...start, run: "run-2", shard: { index: 2, count: 3 } } as typeof start;
  const events = [...(start ? [start] : []), ...rest, ...(shard ? [shard] : [])];

  const shown = valuesOf(overviewSheet(summarize(events), { lang: "ja" }));

  const besides = shown.filter(([first]) => first === "分割実行").map(([, value]) => value);
  expect(besides).toEqual(["なし", "3分割のうち 2 番"]);
});

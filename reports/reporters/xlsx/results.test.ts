import fc from "fast-check";
import { expect, it } from "vitest";
import type { JournalEvent } from "../../journal/events.ts";
import { summarize } from "../../journal/summarize.ts";
import { anyJournal } from "../../testing/arbitraries.ts";
import { sampleRun } from "../../testing/sample.ts";
import { resultTable } from "./results.ts";
import { tableSheet } from "./table.ts";
import { recordsOf, valuesOf } from "./testing/values.ts";

function sheetOf(events: readonly JournalEvent[] = sampleRun(), lang: "ja" | "en" = "ja") {
  return tableSheet(resultTable(summarize(events), lang), lang);
}

function row(id: string) {
  return recordsOf(sheetOf()).find((record) => record.ID === id);
}

it("has a row for each scenario, with everything a test sheet asks for", () => {
  expect(valuesOf(sheetOf())).toHaveLength(11);
  expect(row("JK-03")).toEqual({
    番号: 5,
    ID: "JK-03",
    版: 1,
    対象システム: "公的個人認証サービス",
    試験項目: "利用者証明用PINの誤りで残り回数が減る",
    出典: "card-facts 4.4; JIS X 6320-4 7.5.6",
    影響区分: "PIN試行回数を消費",
    消費した試行回数: 1,
    結果: "不合格",
    試行: 1,
    "開始(日本時間)": new Date("2026-11-21T15:04:05.114Z"),
    "所要時間(秒)": 0.038,
    不合格の段階と理由: [
      "手順: 2. 誤ったPINを照合する",
      "コード: CARD_PIN_WRONG",
      "内容: 残り回数が期待と異なります: expected 2 tries left, the card says 1",
      "期待値: 63C2",
      "実際の値: 63C1",
      "場所: scenarios/jpki/pin.scenario.ts:42",
      "最後のAPDU: VERIFY 利用者証明用PIN → 63C1 照合不一致 残り1回",
    ].join("\n"),
    "証跡への参照(journal.ndjson)": "JK-03 1回目\n通信3件、確認した事実1件",
    確認者: undefined,
    確認日: undefined,
    備考: undefined,
  });
});

it("says of a skipped scenario why, and neither when nor how long", () => {
  expect(row("RD-01")).toMatchObject({
    結果: "スキップ",
    試行: undefined,
    "開始(日本時間)": undefined,
    "所要時間(秒)": undefined,
    不合格の段階と理由: "カードを機械的に離せる読取装置がありません",
  });
});

it("says of an interrupted scenario how far it came", () => {
  expect(row("LA-02")).toMatchObject({
    結果: "中断",
    "所要時間(秒)": undefined,
    不合格の段階と理由: expect.stringMatching(/^手順: 2\. 失効リストを取り寄せる\n/),
  });
});

it("does not hide that a scenario passed only when tried again", () => {
  expect(row("JK-10")).toMatchObject({
    結果: "合格",
    試行: 2,
    不合格の段階と理由: "1回目は不合格、再試行で合格",
  });
});

it("says which run a scenario is of where there are several", () => {
  const second = sampleRun().map((event) => ({ ...event, run: "run-2" }));

  const references = recordsOf(sheetOf([...sampleRun(), ...second])).map(
    (record) => record["証跡への参照(journal.ndjson)"],
  );

  expect(references.slice(0, 2)).toEqual([
    "CR-01 1回目\n通信1件、確認した事実0件\nrun-1",
    "CR-01 1回目\n通信1件、確認した事実0件\nrun-2",
  ]);
});

it("speaks English when asked", () => {
  const [first] = recordsOf(sheetOf(sampleRun(), "en"));

  expect(first).toMatchObject({ "No.": 1, Result: "Passed", "Tries spent": 0 });
});

it("calls passed what passed, and nothing else", () => {
  fc.assert(
    fc.property(anyJournal, (events) => {
      const outcomes = summarize(events).scenarios.map(({ outcome }) => outcome === "passed");

      const shown = recordsOf(sheetOf(events)).map((record) => record.結果 === "合格");

      expect(shown).toEqual(outcomes);
    }),
  );
});

import fc from "fast-check";
import { expect, it } from "vitest";
import type { JournalEvent } from "../../journal/events.ts";
import { summarize } from "../../journal/summarize.ts";
import { anyJournal } from "../../testing/arbitraries.ts";
import { sampleRun } from "../../testing/sample.ts";
import { stamped } from "../../testing/stamped.ts";
import { text } from "./cells.ts";
import { stepTable } from "./steps.ts";
import { tableSheet } from "./table.ts";
import { recordsOf } from "./testing/values.ts";

function records(events: readonly JournalEvent[] = sampleRun()) {
  return recordsOf(tableSheet(stepTable(summarize(events), "ja"), "ja"));
}

function rows(id: string, events?: readonly JournalEvent[]) {
  return records(events).filter((record) => record.ID === id);
}

it("shows the steps of a scenario in order, with what was expected and seen", () => {
  expect(rows("JK-03").map((row) => [row.手順, row.結果, row.期待値])).toEqual([
    [1, "合格", undefined],
    [2, "不合格", "63C2"],
    [3, "合格", undefined],
  ]);
  expect(rows("JK-03")[1]).toEqual({
    番号: 6,
    ID: "JK-03",
    試験項目: "利用者証明用PINの誤りで残り回数が減る",
    試行: 1,
    手順: 2,
    手順の内容: "誤ったPINを照合する",
    結果: "不合格",
    期待値: "63C2",
    "実際の値・内容":
      "63C1\nCARD_PIN_WRONG\n残り回数が期待と異なります: expected 2 tries left, the card says 1",
    確認した事実: "利用者証明用PINの残り回数: 1",
    "通信(最後の3件)": "VERIFY 利用者証明用PIN → 63C1 照合不一致 残り1回",
    "所要時間(秒)": 0.015,
  });
});

it("sets in what stands within another step", () => {
  const { data } = tableSheet(stepTable(summarize(sampleRun()), "ja"), "ja");

  const nested = data.flat().filter((cell) => cell !== null && Object(cell).indent === 1);

  expect(nested).toContainEqual(expect.objectContaining({ value: "残り回数を読む" }));
});

it("shows every attempt", () => {
  expect(rows("JK-10").map((row) => [row.試行, row.手順の内容, row.結果])).toEqual([
    [1, "公的個人認証APを選ぶ", "合格"],
    [1, "(手順の外)", "不合格"],
    [2, "公的個人認証APを選ぶ", "合格"],
  ]);
});

it("has a row for a scenario without steps", () => {
  expect(rows("RD-01")).toMatchObject([
    {
      手順の内容: "(手順の記録なし)",
      結果: "スキップ",
      "実際の値・内容": "カードを機械的に離せる読取装置がありません",
    },
  ]);
});

it("shows where an interrupted scenario stopped", () => {
  expect(rows("LA-02").map((row) => row.結果)).toEqual(["合格", "中断"]);
});

it("shows the last exchanges of a step, and how many went before", () => {
  const keys = { scenario: "MK-01", attempt: 1 };
  const exchange = (path: string) =>
    stamped(1, {
      type: "http",
      ...keys,
      peer: "mkpf-1",
      method: "GET",
      path,
      status: 302,
      milliseconds: 1,
    });
  const events = [...["/1", "/2", "/3"].map(exchange), exchange(`/${"長".repeat(200)}`)];

  const [row] = rows("MK-01", events);

  expect(row?.["通信(最後の3件)"]).toBe(
    `(前に1件)\nGET /2 → 302\nGET /3 → 302\nGET /${"長".repeat(61)}…${"長".repeat(18)} → 302`,
  );
});

it("never shows an attempt that did not pass as if all of it had", () => {
  fc.assert(
    fc.property(anyJournal, (events) => {
      const shown = records(events);
      for (const { scenario, outcome } of summarize(events).scenarios) {
        if (outcome === "passed") continue;
        const verdicts = shown.filter((row) => row.ID === text(scenario).value).map((r) => r.結果);
        expect(verdicts.some((verdict) => verdict !== "合格" && verdict !== undefined)).toBe(true);
      }
    }),
  );
});

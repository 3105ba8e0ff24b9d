import fc from "fast-check";
import { expect, it } from "vitest";
import { summarize } from "../journal/summarize.ts";
import { hostileText } from "../testing/arbitraries.ts";
import { sampleRun } from "../testing/sample.ts";
import { stamped } from "../testing/stamped.ts";
import { markdown } from "./markdown.ts";

function render(events = sampleRun(), lang: "ja" | "en" = "ja"): string {
  return [...markdown.render(summarize(events), { lang })].join("");
}

function failing(message: string, title = "題") {
  return stamped(1, {
    type: "scenario-ended",
    scenario: "CR-01",
    attempt: 1,
    verdict: "failed",
    milliseconds: 1,
    title: { ja: title, en: title },
    system: "card",
    failure: { message },
  });
}

it("is a short summary", () => {
  expect(render().split("\n")).toEqual([
    "## 接続試験結果: 不合格あり",
    "",
    "プロジェクト: **simulated** · 乱数シード: **20261121** · 開始: **2026年11月21日 15\\:04\\:05 (JST)**",
    "",
    "- 実行が途中で終わっています。",
    "- 計画した試験のうち1件が未実施です。",
    "- 1件の試験は判定に至っていません。",
    "- 1件は再試行で合格しました。",
    "",
    "| 対象システム | 合格 | 不合格 | スキップ | 中断 | 合計 | 所要時間 |",
    "| :-- | --: | --: | --: | --: | --: | --: |",
    "| 個人番号カード | 2 | 0 | 0 | 0 | 2 | 21 ms |",
    "| 公的個人認証サービス | 3 | 1 | 0 | 0 | 4 | 274 ms |",
    "| かざし利用 | 1 | 0 | 0 | 0 | 1 | 1.32 s |",
    "| 地方認証プラットフォーム | 0 | 0 | 0 | 1 | 1 | 0 ms |",
    "| マイキープラットフォーム 類型② | 1 | 0 | 0 | 0 | 1 | 91 ms |",
    "| カードリーダー | 0 | 0 | 1 | 0 | 1 | 0 ms |",
    "| **合計** | **7** | **1** | **1** | **1** | **10** | **1.71 s** |",
    "",
    "### 不合格・中断",
    "",
    "| 試験 | 判定 | 手順 | コード | 内容 |",
    "| :-- | :-- | :-- | :-- | :-- |",
    "| JK-03 利用者証明用PINの誤りで残り回数が減る | 不合格 | 誤ったPINを照合する | CARD\\_PIN\\_WRONG | 残り回数が期待と異なります\\: expected 2 tries left, the card says 1 |",
    "| LA-02 CRL方式で失効を確認する | 中断 | 失効リストを取り寄せる |  |  |",
    "",
  ]);
});

it("lets nothing recorded be markup, a link or a cell", () => {
  const shown = render([failing("<b>a</b> | `c` [d](https://e) @f &amp; *g*\nh")]);

  expect(shown).toContain(
    "&#60;b&#62;a&#60;/b&#62; \\| \\`c\\` \\[d\\](https\\://e) \\@f &#38;amp; \\*g\\* h |",
  );
});

it("keeps each failure on a row of five cells", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (message, title) => {
      const rows = render([failing(message, title)])
        .trimEnd()
        .split("\n");
      const last = rows.at(-1) ?? "";
      expect(last.startsWith("| CR-01 ")).toBe(true);
      expect(last.replace(/\\./gs, "").split("|")).toHaveLength(7);
    }),
  );
});

it("shortens what would make the summary long", () => {
  const shown = render([failing("長".repeat(1000))]);

  expect(shown).toContain(`${"長".repeat(200)}… |`);
  expect(shown).not.toContain("長".repeat(201));
});

it("speaks English when asked", () => {
  expect(render(sampleRun(), "en")).toContain("## Connection test result: Failures found");
});

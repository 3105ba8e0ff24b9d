import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyJournal } from "../../testing/arbitraries.ts";
import { sampleRun } from "../../testing/sample.ts";
import { stamped } from "../../testing/stamped.ts";
import { liveConsole } from "./live.ts";

const ESCAPE = "\u001b[";

function show(lang: "ja" | "en", color = false, events = sampleRun()): string[] {
  return events.flatMap(liveConsole({ lang, color }));
}

it("shows each scenario as it ends, counted against the plan", () => {
  expect(show("ja")).toEqual([
    "jpki-bench  simulated  試験 11件  乱数シード: 20261121",
    " 1/11 ✓ CR-01 カードの応答(ATR)を確かめる (12 ms)",
    " 2/11 ✓ CR-02 知らないAPの選択は拒まれる (9 ms)",
    " 3/11 ✓ JK-01 公的個人認証APを選択する (8 ms)",
    " 4/11 ✓ JK-02 利用者証明用電子証明書で署名する (184 ms)",
    " 5/11 ✓ KZ-01 かざし利用で券面の真正性を確かめる (1.32 s)",
    " 6/11 ✗ JK-03 利用者証明用PINの誤りで残り回数が減る (38 ms)",
    "      手順        2. 誤ったPINを照合する",
    "      コード      CARD_PIN_WRONG",
    "      内容        残り回数が期待と異なります: expected 2 tries left, the card says 1",
    "      期待値      63C2",
    "      実際の値    63C1",
    "      場所        scenarios/jpki/pin.scenario.ts:42",
    "      最後のAPDU  VERIFY 利用者証明用PIN → 63C1 照合不一致 残り1回",
    " 7/11 ✓ MK-06 失効した証明書では認証が拒まれる (91 ms)",
    " 8/11 ✓ JK-10 署名用パスワードを変更する (44 ms, 試行 2)",
    " 9/11 – RD-01 読取り中にカードを離す — カードを機械的に離せる読取装置がありません",
  ]);
});

it("speaks English when asked", () => {
  const lines = show("en");

  expect(lines[1]).toBe(" 1/11 ✓ CR-01 Check the answer to reset (12 ms)");
  expect(lines).toContain("      Last APDU  VERIFY auth PIN → 63C1 Wrong PIN, 1 try left");
});

describe("colour", () => {
  it("is there only when asked for", () => {
    expect(show("ja").join("")).not.toContain(ESCAPE);
    expect(show("ja", true)[6]).toContain(`${ESCAPE}31m✗`);
  });
});

it("counts a scenario once, however often it is tried", () => {
  const ended = (attempt: number, verdict: "passed" | "failed") =>
    stamped(attempt, {
      type: "scenario-ended",
      scenario: "CR-01",
      attempt,
      verdict,
      milliseconds: 1,
      title: { ja: "題", en: "Title" },
      system: "card",
    });
  const [start] = sampleRun();

  const lines = [start, ended(1, "failed"), ended(2, "passed")].flatMap((event) =>
    event === undefined ? [] : liveLines(event),
  );

  expect(lines.slice(1)).toEqual([" 1/11 ✗ CR-01 題 (1 ms)", " 1/11 ✓ CR-01 題 (1 ms, 試行 2)"]);
});
const liveLines = liveConsole({ lang: "ja" });

it("indents the further lines of a value under the first", () => {
  const lines = show("en", false, [
    stamped(1, {
      type: "scenario-ended",
      scenario: "CR-01",
      attempt: 1,
      verdict: "failed",
      milliseconds: 1,
      title: { ja: "題", en: "Title" },
      system: "card",
      failure: { message: "not equal", expected: "{\n\t1\n}" },
    }),
  ]);

  expect(lines.slice(1)).toEqual([
    "      Message   not equal",
    "      Expected  {",
    "                  1",
    "                }",
  ]);
});

it("never lets recorded text command the terminal", () => {
  fc.assert(
    fc.property(anyJournal, (events) => {
      const output = show("ja", false, events).join("\n");
      expect(output).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});

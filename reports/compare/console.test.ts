import { expect, it } from "vitest";
import { comparedRun } from "../testing/compared.ts";
import { compareRuns } from "./comparison.ts";
import { comparisonConsole } from "./console.ts";

const inProcess = comparedRun("模擬", {
  "CR-01": { verdict: "passed", said: [["VERIFY PIN", "63C2", 0.123]] },
  "CR-02": { verdict: "passed", said: [["VERIFY PIN", "6984", 0.2]] },
});
const serial = comparedRun("PN532", {
  "CR-01": { verdict: "failed", code: "CARD_BLOCKED", said: [["VERIFY PIN", "6984", 12.34]] },
  "CR-02": { verdict: "skipped", reason: "-" },
});

it("names what differs first, then shows all verdicts and times", () => {
  const lines = comparisonConsole(compareRuns([inProcess, serial]), { lang: "ja" });

  expect(lines).toEqual([
    "1件の試験で判定またはステータスワードが異なります。",
    "CR-01 CR-01の題",
    "  模擬   ✓  VERIFY PIN → 63C2",
    "  PN532  ✗ CARD_BLOCKED  VERIFY PIN → 6984",
    "",
    "試験              模擬  PN532",
    "CR-01  CR-01の題     ✓      ✗",
    "CR-02  CR-02の題     ✓      –",
    "",
    "応答時間(ミリ秒)         模擬        PN532",
    "VERIFY            0.12 / 0.20  12.3 / 12.3",
  ]);
});

it("says so when all agree", () => {
  const [verdict] = comparisonConsole(compareRuns([inProcess, inProcess]), { lang: "en" });

  expect(verdict).toBe("All verdicts and status words agree.");
});

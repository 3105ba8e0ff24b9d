import { describe, expect, it } from "vitest";
import { summarize } from "../journal/summarize.ts";
import { sampleRun } from "../testing/sample.ts";
import { junit } from "./junit.ts";

const xml = [...junit.render(summarize(sampleRun()), { lang: "ja" })].join("");

/** The text from the test case called `name` to its end. */
function testCase(name: string): string {
  const found = new RegExp(`<testcase name="${name} [^>]*?(/>|>.*?</testcase>)`, "s").exec(xml);
  return found?.[0] ?? "";
}

it("counts failures apart from what never came to a verdict", () => {
  expect(xml.split("\n").slice(0, 3)).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="jpki-bench" tests="10" failures="1" errors="1" time="1.706">',
    '  <testsuite name="card" tests="2" failures="0" errors="0" skipped="0" time="0.021" timestamp="2026-11-21T06:04:05">',
  ]);
  expect(xml.match(/<testsuite /g)).toHaveLength(6);
  expect(xml.match(/<testcase /g)).toHaveLength(10);
});

describe("a test case", () => {
  it("that passed is empty, with seconds", () => {
    expect(testCase("CR-01")).toBe(
      '<testcase name="CR-01 カードの応答(ATR)を確かめる" classname="card" time="0.012"/>',
    );
  });

  it("that failed says what, where and after which exchanges", () => {
    const failed = testCase("JK-03");

    expect(failed).toContain(
      '<failure message="残り回数が期待と異なります: expected 2 tries left, the card says 1" type="CARD_PIN_WRONG">手順: 2. 誤ったPINを照合する\n',
    );
    expect(failed).toContain("期待値: 63C2\n実際の値: 63C1\n");
    expect(failed).toContain(
      "VERIFY 利用者証明用PIN → 63C1 照合不一致 残り1回</system-out></testcase>",
    );
  });

  it("that was skipped says why where both Jenkins and GitLab look", () => {
    const why = "カードを機械的に離せる読取装置がありません";

    expect(testCase("RD-01")).toContain(`<skipped message="${why}">${why}</skipped>`);
  });

  it("that was cut short is an error", () => {
    expect(testCase("LA-02")).toContain('<error message="中断" type="interrupted">');
  });
});

it("keeps evidence and the facts of the run as properties of the suite", () => {
  const suite = /<testsuite name="mkpf-2".*?<\/testsuite>/s.exec(xml)?.[0];

  expect(suite).toContain('<property name="seed" value="20261121"/>');
  expect(suite).toContain('<property name="node" value="v20.20.2"/>');
  expect(suite).toContain('<property name="MK-06 source" value="platform-facts 5.3"/>');
  expect(suite).toContain('<property name="MK-06 evidence: 発行番号" value="3F2A91"/>');
});

it("speaks English when asked", () => {
  const english = [...junit.render(summarize(sampleRun()), { lang: "en" })].join("");

  expect(english).toContain('name="CR-01 Check the answer to reset"');
  expect(english).toContain("Last APDU: VERIFY auth PIN → 63C1 Wrong PIN, 1 try left");
});

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../journal/events.ts";
import { summarize } from "../journal/summarize.ts";
import { anyJournal } from "../testing/arbitraries.ts";
import { sampleRun } from "../testing/sample.ts";
import { junit } from "./junit.ts";

/**
 * Checks a list of documents with Python's parser, and their elements and attributes against
 * junit-10.xsd of the Jenkins xUnit plugin.
 */
const CHECK = `
import json, sys
import xml.etree.ElementTree as tree

ALLOWED = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "time", "skipped", "timestamp"},
        {"properties", "testcase"},
    ),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "time", "classname"}, {"skipped", "error", "failure", "system-out"}),
    "skipped": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "failure": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}

def check(element):
    attributes, children = ALLOWED[element.tag]
    assert set(element.attrib) <= attributes, (element.tag, element.attrib)
    for child in element:
        assert child.tag in children, (element.tag, child.tag)
        check(child)

names = []
for document in json.load(sys.stdin):
    root = tree.fromstring(document)
    check(root)
    names.append([case.get("name") for case in root.iter("testcase")])
json.dump(names, sys.stdout)
`;

const present = spawnSync("python3", ["--version"]).status === 0;
const required = process.env.JPKI_BENCH_REQUIRE_SYSTEM === "1";

function parse(documents: readonly string[]): string[][] {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", CHECK], {
    input: JSON.stringify(documents),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr ?? "apt-get install python3");
  return JSON.parse(stdout) as string[][];
}

function render(events: readonly JournalEvent[]): string {
  return [...junit.render(summarize(events), { lang: "ja" })].join("");
}

describe.skipIf(!present && !required)("JUnit XML, read by python3", () => {
  it("has every test case under its name", () => {
    const [names] = parse([render(sampleRun())]);

    expect(names).toHaveLength(10);
    expect(names).toContain("CR-01 カードの応答(ATR)を確かめる");
  });

  it("is well-formed and of the known shape whatever was recorded", () => {
    const journals = fc.sample(anyJournal, { numRuns: 300, seed: 20261121 });

    const names = parse(journals.map(render));

    expect(names.map((cases) => cases.length)).toEqual(
      journals.map((events) => summarize(events).counts.total),
    );
  });
});

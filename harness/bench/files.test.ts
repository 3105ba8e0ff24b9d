import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadBenchmarkFiles } from "./files.ts";
import { benchFolder, tinySource } from "./testing/folder.ts";

const HOUSE = fileURLToPath(new URL("../../", import.meta.url));

describe("finding benchmark files", () => {
  it("looks in every floor, however deep, and nowhere else", async () => {
    const root = benchFolder({
      "simulator/card/commands/one.bench.ts": tinySource({ name: "one/a" }),
      "reports/two.bench.ts": tinySource({ name: "two/a" }),
      "harness/card/three.bench.ts": tinySource({ name: "three/a" }),
      "harness/card/three.ts": "throw new Error('no benchmark file');",
      "elsewhere/four.bench.ts": tinySource({ name: "four/a" }),
    });
    const files = await loadBenchmarkFiles(root);
    expect(files.flatMap(({ benchmarks }) => benchmarks.map(({ name }) => name))).toEqual([
      "one/a",
      "two/a",
      "three/a",
    ]);
  });

  it.each([
    ["exports nothing", "export const other = 1;", "benchmarks"],
    ["exports an empty list", "export const benchmarks = [];", "benchmarks"],
    ["has a name that is none", tinySource({ name: "Name" }), "benchmarks.0.name"],
    ["has no median", tinySource({ rounds: 4 }), "benchmarks.0.rounds"],
    ["has a unit nobody knows", tinySource({ unit: "mph" }), "benchmarks.0.unit"],
    ["says what nobody understands", tinySource({ traget: 1 }), "benchmarks.0"],
    ["cannot be loaded", "throw new Error('broken file');", "broken file"],
  ])("refuses a file that %s", async (_what, source, where) => {
    const root = benchFolder({ "simulator/bad.bench.ts": source });
    await expect(loadBenchmarkFiles(root)).rejects.toMatchObject({
      code: "BENCHMARK_INVALID",
      message: expect.stringContaining(where),
    });
  });

  it("refuses a name that stands twice", async () => {
    const root = benchFolder({
      "simulator/one.bench.ts": tinySource({ name: "same/name" }),
      "reports/two.bench.ts": tinySource({ name: "same/name" }),
    });
    await expect(loadBenchmarkFiles(root)).rejects.toMatchObject({ code: "BENCHMARK_INVALID" });
  });
});

// The files of simulator/ and reports/ may not import the type; this is what holds them to it.
it("finds every benchmark of this house complete", async () => {
  const files = await loadBenchmarkFiles(HOUSE);
  const names = files.flatMap(({ benchmarks }) => benchmarks.map(({ name }) => name));
  const measured = [
    "card/sign",
    "journal/write",
    "lab/open",
    "mint/cold",
    "mint/warm",
    "ocsp/http",
    "ocsp/in-process",
    "reader/in-process",
    "reader/read-binary",
    "reader/traced",
    "reader/vpcd-bare",
    "reader/vpcd-frame",
    "reader/vpcd-vicc",
    "report/html",
    "scenario/run",
  ];
  expect(names).toEqual(expect.arrayContaining(measured));
});

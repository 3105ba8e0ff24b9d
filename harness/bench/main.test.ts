import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { main } from "./main.ts";
import type { ResultRecord } from "./result.ts";
import { benchFolder, tinySource } from "./testing/folder.ts";

interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly results: () => ResultRecord[];
}

/** Runs the command over benchmark files of these sources. */
async function bench(
  files: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<Finished> {
  const root = benchFolder(files);
  const out = join(root, "out");
  const stdout = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const exitCode = await main(words, { root, out });
    const said = (stream: typeof stdout) => stream.mock.calls.map(([text]) => text).join("");
    const results = () => JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
    return { exitCode, stdout: said(stdout), stderr: said(stderr), results };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

const MET = { "simulator/met.bench.ts": tinySource({ name: "tiny/met" }) };
const MISSED = { "reports/missed.bench.ts": tinySource({ name: "tiny/missed", target: 0.7 }) };

describe("npm run bench", () => {
  it("ends with 0 when every target is met, and writes results.json", async () => {
    const { exitCode, results, stdout } = await bench(MET, "--lang", "en");
    expect(exitCode).toBe(0);
    expect(results()).toEqual([
      {
        name: "tiny/met",
        value: 60,
        unit: "things/s",
        reference: 100,
        ratio: 0.6,
        target: 0.5,
        met: true,
      },
    ]);
    expect(stdout).toMatch(/tiny\/met .* 0\.60 .* met\n/);
  });

  it("ends with 1 when a target is missed", async () => {
    const { exitCode, results } = await bench({ ...MET, ...MISSED });
    expect(exitCode).toBe(1);
    expect(results().map(({ name, met }) => [name, met])).toEqual([
      ["tiny/met", true],
      ["tiny/missed", false],
    ]);
  });

  it("ends with 0 when the reference is not installed", async () => {
    const source = tinySource({ needs: "no-such-program-anywhere" });
    const { exitCode, results } = await bench({ "harness/lone.bench.ts": source });
    expect(exitCode).toBe(0);
    expect(results()).toMatchObject([
      { met: null, ratio: null, why: expect.stringContaining("no-such-program-anywhere") },
    ]);
  });

  it("runs what --filter leaves, and prints one JSON document with --json", async () => {
    const { exitCode, stdout, results } = await bench(
      { ...MET, ...MISSED },
      "--filter",
      "/met",
      "--json",
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(results());
    expect(results().map(({ name }) => name)).toEqual(["tiny/met"]);
  });

  it("counts a benchmark that throws as missed, and goes on", async () => {
    const throwing = tinySource(
      { name: "tiny/thrown" },
      "() => { throw new Error('out of paper') }",
    );
    const { exitCode, results } = await bench({ ...MISSED, "simulator/a.bench.ts": throwing });
    expect(exitCode).toBe(1);
    expect(results()).toMatchObject([
      {
        name: "tiny/thrown",
        value: null,
        met: false,
        why: expect.stringContaining("out of paper"),
      },
      { name: "tiny/missed", value: 60 },
    ]);
  });

  it("counts a benchmark whose process dies as missed", async () => {
    const dying = tinySource({}, "() => process.exit(7)");
    const { exitCode, results } = await bench({ "simulator/a.bench.ts": dying });
    expect(exitCode).toBe(1);
    expect(results()).toMatchObject([{ met: false, why: expect.stringContaining("ended with 7") }]);
  });

  it("measures every file in a process of its own", async () => {
    const figure = "globalThis.benches = (globalThis.benches ?? 0) + 1";
    const counting = (name: string) =>
      tinySource({ name, rounds: 1 }, `() => ({ figure: async () => ${figure} })`);
    const { results } = await bench({
      "simulator/a.bench.ts": counting("count/one"),
      "simulator/b.bench.ts": counting("count/two"),
    });
    expect(results().map(({ value }) => value)).toEqual([1, 1]);
    expect(globalThis).not.toHaveProperty("benches");
  });

  it.each([
    ["a filter that leaves nothing", ["--filter", "nobody"], 2, "CLI_USAGE"],
    ["an option it does not know", ["--fast"], 2, "CLI_USAGE"],
  ])("ends with 2 for %s", async (_what, words, exit, code) => {
    const { exitCode, stderr } = await bench(MET, ...words);
    expect(exitCode).toBe(exit);
    expect(stderr).toContain(code);
  });

  it("ends with 2 for a benchmark file that is none", async () => {
    const { exitCode, stderr } = await bench({ "simulator/a.bench.ts": "export {};" });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("BENCHMARK_INVALID");
  });
});

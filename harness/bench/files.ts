/** Finds the benchmark files of the house and reads what is in them, without measuring anything. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BenchError } from "../errors.ts";
import { type Benchmark, benchmarksOf } from "./benchmark.ts";

const FLOORS = ["simulator", "reports", "harness", "scenarios"];
const SUFFIX = ".bench.ts";

export interface BenchmarkFile {
  /** Absolute. */
  readonly path: string;
  readonly benchmarks: readonly Benchmark[];
}

/**
 * Every benchmark file below the floors of `root`.
 *
 * @throws BenchError BENCHMARK_INVALID for one that cannot be loaded or read, or a name used twice
 */
export async function loadBenchmarkFiles(root: string): Promise<BenchmarkFile[]> {
  const files: BenchmarkFile[] = [];
  const owners = new Map<string, string>();
  for (const path of pathsBelow(root)) {
    const file = await loadBenchmarkFile(path);
    for (const { name } of file.benchmarks) {
      const owner = owners.get(name);
      if (owner !== undefined) throw invalid(path, `"${name}" stands in ${owner} already`);
      owners.set(name, path);
    }
    files.push(file);
  }
  return files;
}

/** @throws BenchError BENCHMARK_INVALID */
export async function loadBenchmarkFile(path: string): Promise<BenchmarkFile> {
  let exports: unknown;
  try {
    exports = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return { path, benchmarks: benchmarksOf(exports, path) };
}

function pathsBelow(root: string): string[] {
  return FLOORS.map((floor) => join(root, floor))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(SUFFIX))
        .sort()
        .map((name) => join(folder, name)),
    );
}

function invalid(path: string, what: string, cause?: unknown): BenchError {
  return new BenchError("BENCHMARK_INVALID", `${path}: ${what}`, { cause });
}

/** Has the benchmarks of one file measured in a fresh process. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "./benchmark.ts";
import { type BenchmarkResult, failure } from "./result.ts";

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));
/** `tsx`, which lets Node.js run TypeScript, is looked for from here. */
const HOUSE = fileURLToPath(new URL("../../", import.meta.url));
/** No file should come near it; one that does hangs. */
const PATIENCE = 150_000;

/**
 * Resolves when the process has ended. A benchmark it gave no result for counts as failed.
 *
 * @param path of the file
 * @param onResult told each result as soon as it is there
 */
export async function measureInChild(
  path: string,
  benchmarks: readonly Benchmark[],
  onResult: (result: BenchmarkResult) => void,
): Promise<void> {
  const names = benchmarks.map(({ name }) => name);
  const child = fork(CHILD, [path, ...names], {
    cwd: HOUSE,
    execArgv: ["--import", "tsx"],
    timeout: PATIENCE,
  });
  const told = new Set<string>();
  child.on("message", (message) => {
    const result = message as BenchmarkResult;
    told.add(result.name);
    onResult(result);
  });
  const [exitCode, signal] = (await once(child, "exit")) as [number | null, string | null];
  for (const benchmark of benchmarks) {
    if (told.has(benchmark.name)) continue;
    onResult(failure(benchmark, `its process ended with ${signal ?? exitCode}`));
  }
}

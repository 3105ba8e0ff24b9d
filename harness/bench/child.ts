/**
 * The process in which the benchmarks of one file are measured, and nothing else: what one file has
 * made the engine learn must not speed up or slow down another.
 *
 * Started by child-process.ts with the file and the names of the benchmarks as arguments; tells the
 * result of each as a message.
 */
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import type { Benchmark } from "./benchmark.ts";
import { loadBenchmarkFile } from "./files.ts";
import { isInstalled } from "./installed.ts";
import { measure } from "./measure.ts";
import { type BenchmarkResult, failure } from "./result.ts";

const [path = "", ...names] = process.argv.slice(2);
const send = promisify((message: BenchmarkResult, done: (error: Error | null) => void) =>
  process.send?.(message, done),
);

// Whoever stops this process wants what it started stopped, too: see the "exit" handlers of benches.
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(1));

const { benchmarks } = await loadBenchmarkFile(path);
for (const benchmark of benchmarks) {
  if (names.includes(benchmark.name)) await send(await resultOf(benchmark));
}
process.exit(0);

async function resultOf(benchmark: Benchmark): Promise<BenchmarkResult> {
  try {
    return await measure(benchmark, { now: () => performance.now(), isInstalled });
  } catch (error) {
    return failure(benchmark, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Vitest as the engine that finds and runs scenarios. This is the only file that knows how Vitest is
 * started; what runs inside its workers is scenario.ts.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { InlineConfig, Reporter, Vitest } from "vitest/node";
import type { LoadedConfig } from "../config/load.ts";
import { BenchError } from "../errors.ts";
import type { WorkerSettings } from "../scenario/settings.ts";

const DEFAULT_TIMEOUT = 30_000;

export interface EngineOptions {
  readonly config: LoadedConfig;
  readonly settings: WorkerSettings;
  /** Workers at once; 1 where a real reader is shared. */
  readonly workers: number;
  readonly retries: number;
  /** Only these scenarios, by id; undefined for all. */
  readonly only?: readonly string[];
  readonly reporter: Reporter;
}

/** Starts Vitest with nothing of the surrounding project's own Vitest configuration. */
export async function openEngine(options: EngineOptions): Promise<Vitest> {
  // Loaded late: it takes longer than everything that can be wrong with a command line.
  const { createVitest } = await import("vitest/node");
  return keepingSignals(() =>
    createVitest("test", {
      config: false,
      root: options.config.folder,
      watch: false,
      // Nothing is left in the user's folder but what the user asked for.
      cache: false,
      reporters: [options.reporter],
      passWithNoTests: true,
      ...(options.workers === 1 ? { fileParallelism: false } : { maxWorkers: options.workers }),
      projects: scenarioProjects(options),
    }),
  );
}

/**
 * Runs the chosen scenarios of these files, to the end or until `signal`.
 *
 * @throws BenchError RUN_FAILED for an error outside of any scenario
 */
export async function runFiles(
  options: EngineOptions,
  files: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return;
  const vitest = await openEngine(options);
  const stop = () => void vitest.cancelCurrentRun("keyboard-input");
  signal?.addEventListener("abort", stop, { once: true });
  try {
    await vitest.start([...files]);
    const [error] = vitest.state.getUnhandledErrors() as { message?: string }[];
    if (error !== undefined && !signal?.aborted) {
      throw new BenchError("RUN_FAILED", error.message ?? "an error outside any scenario");
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    await vitest.close();
  }
}

/**
 * Vitest leaves the process a millisecond after SIGINT or SIGTERM. A run that is stopped has still to
 * write down what ran, so the signals stay with whoever drives it.
 */
async function keepingSignals<T>(start: () => Promise<T>): Promise<T> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const before = signals.map((signal) => process.listeners(signal));
  const started = await start();
  for (const [place, signal] of signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (!before[place]?.includes(listener)) process.off(signal, listener);
    }
  }
  return started;
}

function scenarioProjects(options: EngineOptions): NonNullable<InlineConfig["projects"]> {
  const catalogue = catalogueFolder();
  const shared: NonNullable<InlineConfig> = {
    // One process a worker and no isolation between files: a worker builds its world once.
    pool: "forks",
    isolate: false,
    exclude: [],
    retry: options.retries,
    testTimeout: DEFAULT_TIMEOUT,
    hookTimeout: 2 * DEFAULT_TIMEOUT,
    provide: { jpkiBench: options.settings },
    ...asNodeLoadsIt(),
    ...(options.only === undefined ? {} : { testNamePattern: idPattern(options.only) }),
  };
  const builtIn = {
    test: { ...shared, name: "catalogue", root: catalogue.folder, include: [...catalogue.include] },
  };
  const { folder, scenarios } = options.config;
  // In a clone, the folder the user's own scenarios would be in is the catalogue itself.
  if (catalogue.folder === join(folder, "scenarios/")) return [builtIn];
  const own = { test: { ...shared, name: "own", root: folder, include: [...scenarios] } };
  return [builtIn, own];
}

/**
 * In a clone the bench is TypeScript, which Vitest would transform and hand to its workers one module
 * after another, three times as slow as Node with tsx. What is installed is JavaScript, which Vitest
 * leaves to Node by itself.
 */
function asNodeLoadsIt(): NonNullable<InlineConfig> {
  if (!import.meta.url.endsWith(".ts")) return {};
  return {
    execArgv: ["--import", import.meta.resolve("tsx")],
    server: { deps: { external: [/\/(?:harness|simulator|reports)\/.*\.ts$/] } },
  };
}

/** The catalogue that comes with the package: TypeScript in a clone, JavaScript when installed. */
function catalogueFolder(): { folder: string; include: readonly string[] } {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return {
    folder: fileURLToPath(new URL("../../scenarios/", import.meta.url)),
    include: [`**/*.scenario.${extension}`],
  };
}

function idPattern(ids: readonly string[]): RegExp {
  return new RegExp(`^(?:${ids.join("|")}) `);
}

/** Every scenario there is, found by letting Vitest read the files without running them. */
import type { LoadedConfig } from "../config/load.ts";
import { BenchError } from "../errors.ts";
import type { ScenarioRecord } from "../scenario/meta.ts";
import { PLAIN_SETTINGS } from "../scenario/settings.ts";
import { openEngine } from "./engine.ts";

export interface CatalogueEntry extends ScenarioRecord {
  /** Absolute path of the file it stands in. */
  readonly file: string;
}

/**
 * Reads all scenario files.
 *
 * @returns entries in order of id
 * @throws BenchError SCENARIO_INVALID for a file that cannot be loaded, SCENARIO_DUPLICATE for an id
 * that stands twice
 */
export async function readCatalogue(config: LoadedConfig): Promise<CatalogueEntry[]> {
  const vitest = await openEngine({
    config,
    settings: PLAIN_SETTINGS,
    workers: 1,
    retries: 0,
    reporter: {},
  });
  try {
    const { testModules, unhandledErrors } = await vitest.collect();
    const broken = testModules.find((module) => module.errors().length > 0);
    const problem = broken?.errors()[0] ?? (unhandledErrors[0] as { message?: string } | undefined);
    if (problem !== undefined) {
      const where = broken === undefined ? "" : `${broken.moduleId}: `;
      const [what = "unknown problem"] = problem.message?.split("\n") ?? [];
      throw new BenchError("SCENARIO_INVALID", `${where}${what}`);
    }
    return sortedUnique(
      testModules.flatMap((module) =>
        [...module.children.allTests()].flatMap((test) => {
          const record = test.meta().scenario;
          return record === undefined ? [] : [{ ...record, file: module.moduleId }];
        }),
      ),
    );
  } finally {
    await vitest.close();
  }
}

function sortedUnique(entries: readonly CatalogueEntry[]): CatalogueEntry[] {
  const sorted = entries.toSorted((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  const twin = sorted.find((entry, i) => i > 0 && sorted[i - 1]?.id === entry.id);
  if (twin !== undefined) {
    const files = sorted.filter((entry) => entry.id === twin.id).map((entry) => entry.file);
    throw new BenchError("SCENARIO_DUPLICATE", `${twin.id} stands in ${files.join(" and ")}`);
  }
  return sorted;
}

/** Chooses scenarios by what a person types: an id (`MK-06`), an id prefix (`MK`) or a path. */
import { resolve } from "node:path";
import { BenchError } from "../errors.ts";
import type { CatalogueEntry } from "./catalogue.ts";

export interface Selection {
  readonly filters: readonly string[];
  readonly tag?: string;
  /** The folder that relative paths start from. */
  readonly folder: string;
}

/** @throws BenchError SCENARIO_UNKNOWN for a filter that fits nothing */
export function select(
  catalogue: readonly CatalogueEntry[],
  selection: Selection,
): CatalogueEntry[] {
  for (const filter of selection.filters) {
    if (!catalogue.some((entry) => fits(entry, filter, selection.folder))) {
      throw new BenchError("SCENARIO_UNKNOWN", `no scenario fits "${filter}"`);
    }
  }
  const byFilter = catalogue.filter(
    (entry) =>
      selection.filters.length === 0 ||
      selection.filters.some((filter) => fits(entry, filter, selection.folder)),
  );
  const { tag } = selection;
  if (tag === undefined) return byFilter;
  const byTag = byFilter.filter((entry) => entry.tags.includes(tag));
  if (byTag.length === 0) throw new BenchError("SCENARIO_UNKNOWN", `no scenario has tag "${tag}"`);
  return byTag;
}

function fits(entry: CatalogueEntry, filter: string, folder: string): boolean {
  const wanted = filter.toUpperCase();
  if (entry.id === wanted) return true;
  // A prefix ends where the number begins: CR fits CR-01, and C does not.
  if (entry.id.startsWith(`${wanted}-`)) return true;
  const path = resolve(folder, filter);
  return entry.file === path || entry.file.startsWith(`${path}/`);
}

/** What can be fuzzed, and by which properties. Loaded when named: a platform needs a whole world. */
import type { Bilingual } from "../../reports/index.ts";
import type { FuzzProperty } from "./property.ts";

export interface OpenTarget {
  readonly properties: readonly FuzzProperty[];
  close(): Promise<void>;
}

export interface FuzzTarget {
  readonly title: Bilingual;
  /** Makes ready what is fuzzed, by its seed the same each time. */
  open(seed: string): Promise<OpenTarget>;
}

/** A target that needs nothing but memory. */
export function inMemory(properties: readonly FuzzProperty[]): OpenTarget {
  return { properties, close: async () => undefined };
}

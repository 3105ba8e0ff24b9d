/**
 * Names and codes as they stand on the wire, kept apart from what they mean. A profile holds one
 * table for each; both ends translate with the functions of wire-names.ts, so that a vendor who has
 * the real specification changes the profile and no code.
 */
import { z } from "zod";
import type { WireTable } from "./wire-names.ts";

export { fromWire, meaningOf, toWire, type WireTable } from "./wire-names.ts";

/**
 * The schema of a table: every meaning has a wire text (the given one unless replaced), no unknown
 * meaning is accepted, and no two meanings share a text, which could turn one verdict into another.
 */
export function wireTable<Meaning extends string>(defaults: WireTable<Meaning>) {
  const entries = Object.entries<string>(defaults).map(
    ([meaning, text]) => [meaning, z.string().min(1).max(128).default(text)] as const,
  );
  return z
    .strictObject(Object.fromEntries(entries))
    .refine((table) => new Set(Object.values(table)).size === entries.length, {
      message: "two entries have the same wire text",
    })
    .transform((table) => table as WireTable<Meaning>)
    .prefault({});
}

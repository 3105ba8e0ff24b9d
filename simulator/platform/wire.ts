/**
 * Names and codes as they stand on the wire, kept apart from what they mean. A profile holds one
 * table for each; both ends translate with the functions here, so that a vendor who has the real
 * specification changes the profile and no code.
 */
import { z } from "zod";

/** Meaning on the left, wire text on the right. */
export type WireTable<Meaning extends string = string> = Readonly<Record<Meaning, string>>;

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

/** Renames the fields of an answer or request; fields without a value stay out. */
export function toWire<Meaning extends string>(
  fields: WireTable<Meaning>,
  values: { readonly [M in Meaning]?: unknown },
): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const meaning of Object.keys(fields) as Meaning[]) {
    if (values[meaning] !== undefined) wire[fields[meaning]] = values[meaning];
  }
  return wire;
}

/** Reads the known fields of a JSON object; unknown fields are left out. */
export function fromWire<Meaning extends string>(
  fields: WireTable<Meaning>,
  wire: Readonly<Record<string, unknown>>,
): { readonly [M in Meaning]?: unknown } {
  const values: { [M in Meaning]?: unknown } = {};
  for (const meaning of Object.keys(fields) as Meaning[]) {
    const value = wire[fields[meaning]];
    if (value !== undefined) values[meaning] = value;
  }
  return values;
}

/** @returns the meaning of a wire text; undefined when the table does not know it */
export function meaningOf<Meaning extends string>(
  codes: WireTable<Meaning>,
  text: unknown,
): Meaning | undefined {
  return (Object.keys(codes) as Meaning[]).find((meaning) => codes[meaning] === text);
}

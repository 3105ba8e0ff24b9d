/**
 * Translating between what fields and codes mean and how they are called on the wire. Pure and without
 * any library, so that both ends of every wire can use it, a page in a browser included.
 */

/** Meaning on the left, wire text on the right. */
export type WireTable<Meaning extends string = string> = Readonly<Record<Meaning, string>>;

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

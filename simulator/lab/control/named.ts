/** Schemas that have a name of their own in the OpenAPI document of the control API. */
import { z } from "zod";

export const NAMES = z.registry<{ readonly id: string }>();

export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  NAMES.add(schema, { id });
  return schema;
}

export const bilingual = named("Bilingual", z.strictObject({ ja: z.string(), en: z.string() }));

/** A moment of the world's clock. */
export const moment = z.iso.datetime();

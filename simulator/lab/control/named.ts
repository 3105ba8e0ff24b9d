/** Schemas that have a name of their own in the OpenAPI document of the control API. */
import { z } from "zod";

export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  return schema.meta({ id });
}

export const bilingual = named("Bilingual", z.strictObject({ ja: z.string(), en: z.string() }));

/** A moment of the world's clock. */
export const moment = z.iso.datetime();

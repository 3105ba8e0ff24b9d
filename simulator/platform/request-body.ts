/**
 * Reads the JSON a municipal system sends, by the names of a profile. Unknown fields are refused: a
 * misspelt `signature` must not pass for an absent one.
 */
import { z } from "zod";
import { type ReadCertificate, readCertificate } from "./certificate.ts";
import { Refusal } from "./refusal.ts";
import { fromWire, type WireTable } from "./wire.ts";

/** @throws Refusal 400 `invalidRequest` */
export function readBody<Meaning extends string, Fields>(
  names: WireTable<Meaning>,
  body: unknown,
  schema: z.ZodType<Fields>,
): Fields {
  const wire = z.record(z.string(), z.unknown()).safeParse(body);
  if (!wire.success) throw invalidRequest("the body is not a JSON object");
  const known = new Set<string>(Object.values(names));
  const unknown = Object.keys(wire.data).filter((name) => !known.has(name));
  if (unknown.length > 0) throw invalidRequest(`the body has ${unknown.length} unknown field(s)`);
  const parsed = schema.safeParse(fromWire(names, wire.data));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidRequest(`the body does not fit: ${issue?.path.join(".")} ${issue?.message}`);
}

/** @throws Refusal 400 `certificateMalformed` */
export function readCertificateField(text: string): ReadCertificate {
  return orRefuse("certificateMalformed", () => readCertificate(text));
}

/** Runs a decoder and turns its complaint into a refusal with status 400. */
export function orRefuse<T>(
  meaning: "invalidRequest" | "certificateMalformed",
  decode: () => T,
): T {
  try {
    return decode();
  } catch (error) {
    throw new Refusal(400, meaning, error instanceof Error ? error.message : "unreadable");
  }
}

export function invalidRequest(message: string): Refusal {
  return new Refusal(400, "invalidRequest", message);
}

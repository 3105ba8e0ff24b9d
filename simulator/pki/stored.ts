/**
 * Plain data on disk: how bytes, instants and serial numbers are written in a saved world, and the
 * strict reading of it. A saved world is either exactly what was saved or refused.
 */
import { z } from "zod";
import { SimulatorError } from "../errors.ts";
import { isSerial } from "./authority/serials.ts";

/** Base64 in the file, bytes in memory. */
export const storedBytes = z
  .base64()
  .transform((text) => new Uint8Array(Buffer.from(text, "base64")));

/** ISO 8601 in UTC in the file. */
export const storedDate = z.iso.datetime().transform((text) => new Date(text));

export const storedSerial = z.number().refine(isSerial, "not a serial number");

export function toStoredBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** @throws SimulatorError STATE_INVALID naming the first thing that is not as it should be */
export function parseStored<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined ? "" : ` at "${issue.path.join(".")}": ${issue.message}`;
  throw new SimulatorError("STATE_INVALID", `${what} cannot be read${where}`);
}

/** The bodies of requests to the control API. */
import { z } from "zod";
import { ATR_NAMES, type AtrName } from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { LIFE_EVENTS } from "./life-events.ts";

export const newResidentBody = z.strictObject({
  persona: z.string().default("adult"),
  atr: z.enum(ATR_NAMES as [AtrName, ...AtrName[]]).optional(),
});

export const lifeEventBody = z.strictObject({
  event: z.enum(LIFE_EVENTS),
  to: z.string().optional(),
});

export const revokeBody = z.strictObject({
  reason: z.string(),
  publish: z.boolean().default(true),
});

export const faultBody = z.strictObject({
  service: z.enum(["ocsp", "crl"]),
  mode: z.string(),
  after: z.int().nonnegative().optional(),
  times: z.int().positive().optional(),
  seconds: z.number().positive().optional(),
});

export const importBody = z.strictObject({ image: z.string() });

export const unblockBody = z.strictObject({
  pin: z.enum(["auth", "sign", "text", "juki", "common"]),
  value: z.string().optional(),
});

/** For the edges: what came over HTTP or was typed. @throws SimulatorError CONTROL_INVALID */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new SimulatorError("CONTROL_INVALID", z.prettifyError(parsed.error).replace(/\n/g, " "));
}

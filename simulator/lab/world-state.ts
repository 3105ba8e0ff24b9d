/** A world as plain data: what `world.json` in a state directory holds. */
import { z } from "zod";
import { SimulatorError } from "../errors.ts";

/**
 * Each part checks its own state when it is restored; here only the outline is believed. `keys` is
 * how many keys were drawn from the pool, `openings` how often the world was opened before.
 */
const schema = z.strictObject({
  version: z.literal(1),
  seed: z.string(),
  openings: z.int().positive(),
  keys: z.int().nonnegative(),
  ports: z.record(z.string(), z.int()),
  /** Absent in worlds of earlier versions, whose clock was the machine's. */
  clock: z
    .union([z.strictObject({ ahead: z.number() }), z.strictObject({ stoppedAt: z.iso.datetime() })])
    .optional(),
  jpki: z.unknown(),
  issuer: z.unknown(),
  office: z.unknown(),
  platforms: z.strictObject({
    mkpfVerification: z.unknown(),
    mkpfProduction: z.unknown(),
    localAuthPf: z.unknown(),
    digitalAuthApp: z.unknown(),
    attributeProvision: z.unknown(),
    /** Absent in worlds of earlier versions. */
    cardApLoader: z.unknown().optional(),
  }),
});

export type WorldState = z.infer<typeof schema>;

/** @throws SimulatorError STATE_INVALID */
export function parseWorldState(value: unknown): WorldState {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SimulatorError("STATE_INVALID", `world.json: ${z.prettifyError(parsed.error)}`);
}

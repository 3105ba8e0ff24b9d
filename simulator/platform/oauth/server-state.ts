/**
 * What an authorization server keeps from one opening of the lab to the next, as plain data: the keys
 * it signs with, so that a relying party's copy of the key set stays right, and what it has handed out
 * and not taken back. Visits of browsers end with the process.
 */
import { z } from "zod";
import { signingKey } from "./signing-keys.ts";

/** One grant, code, token or replay mark. The id it is found by is not kept, only its digest. */
const record = z.strictObject({
  kind: z.string().min(1),
  /** SHA-256 of the id, base64url. */
  digest: z.string().regex(/^[\w-]{43}$/),
  payload: z.record(z.string(), z.unknown()),
  /** Lab time in milliseconds; absent for what does not age. */
  until: z.number().optional(),
});

export const serverState = z.strictObject({
  /** The newest first. */
  keys: z.array(signingKey).min(1),
  records: z.array(record),
});

export type ServerState = z.output<typeof serverState>;
export type ServerRecord = z.output<typeof record>;

/** What 地方認証PF remembers, as plain data the lab can store: the access information it has issued. */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { storedAccess } from "./access.ts";

const state = z.strictObject({ version: z.literal(1), accesses: z.array(storedAccess) });

export type LocalAuthPfState = z.input<typeof state>;

/** @throws SimulatorError STATE_INVALID naming each place that does not fit */
export function parseLocalAuthPfState(value: unknown): z.output<typeof state> {
  const parsed = state.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SimulatorError("STATE_INVALID", `地方認証PF state: ${z.prettifyError(parsed.error)}`);
}

export function emptyLocalAuthPfState(): LocalAuthPfState {
  return { version: 1, accesses: [] };
}

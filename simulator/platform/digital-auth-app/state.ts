/**
 * What デジタル認証アプリサービス remembers, as plain data the lab can store: registered services, and what
 * keeps somebody who is signed in with one signed in. Transactions of 署名API end with the process.
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { serverState } from "../oauth/server-state.ts";
import { writtenAccount } from "./accounts.ts";
import { storedRelyingParty } from "./relying-parties.ts";

const schema = z.strictObject({
  version: z.literal(1),
  relyingParties: z.array(storedRelyingParty),
  accounts: z.array(writtenAccount).default([]),
  /** Absent from what was written by an earlier edition: keys are made anew then. */
  server: serverState.optional(),
});

export type DigitalAuthState = z.input<typeof schema>;

/** @throws SimulatorError STATE_INVALID naming each place that does not fit */
export function parseDigitalAuthState(value: unknown): z.output<typeof schema> {
  const parsed = schema.safeParse(value ?? { version: 1, relyingParties: [] });
  if (parsed.success) return parsed.data;
  throw new SimulatorError(
    "STATE_INVALID",
    `デジタル認証アプリ state: ${z.prettifyError(parsed.error)}`,
  );
}

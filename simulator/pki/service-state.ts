/** All CAs and what was published out of turn, as plain data. */
import { z } from "zod";
import type { AuthorityState } from "./authority-state.ts";
import type { ForcedPublication, Publication } from "./publication.ts";
import { parseStored, storedDate } from "./stored.ts";

const STATE_VERSION = 1;

const publication = z.strictObject({
  /** Read by the CA itself. */
  authority: z.custom<AuthorityState>((value) => typeof value === "object" && value !== null),
  padding: z.int().nonnegative(),
  forced: z.array(z.strictObject({ at: storedDate, steps: z.int().nonnegative() })),
});

const schema = z.strictObject({
  version: z.literal(STATE_VERSION),
  nextSerial: z.int(),
  publications: z.array(publication),
});

/** As JSON can hold it; private keys are in it. */
export type ServiceState = z.input<typeof schema>;

interface StoredPublication {
  readonly authority: AuthorityState;
  readonly padding: number;
  readonly forced: readonly ForcedPublication[];
}

export interface StoredService {
  readonly nextSerial: number;
  readonly publications: readonly StoredPublication[];
}

export function toServiceState(
  nextSerial: number,
  publications: readonly Publication[],
): ServiceState {
  return { version: STATE_VERSION, nextSerial, publications: publications.map(toState) };
}

/** @throws SimulatorError STATE_INVALID */
export function parseServiceState(value: unknown): StoredService {
  return parseStored(schema, value, "the state of JPKI");
}

function toState({
  authority,
  padding,
  forced,
}: Publication): ServiceState["publications"][number] {
  return {
    authority: authority.state,
    padding,
    forced: forced.map(({ at, steps }) => ({ at: at.toISOString(), steps })),
  };
}

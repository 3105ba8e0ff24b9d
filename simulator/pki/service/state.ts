/** All CAs and what was published out of turn, as plain data. */
import { z } from "zod";
import type { ForcedPublication, Publication } from "../authority/publication.ts";
import type { AuthorityState } from "../authority/state.ts";
import { parseStored, storedDate } from "../stored.ts";
import type { MaintenanceWindow } from "./maintenance.ts";
import type { Verifier } from "./verifiers.ts";

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
  verifiers: z.array(
    z.strictObject({
      name: z.string(),
      kinds: z.array(z.enum(["auth", "sign"])),
      token: z.string().regex(/^[0-9A-F]{32}$/),
    }),
  ),
  access: z.enum(["open", "registered"]),
  signing: z.enum(["live", "preSigned"]),
  maintenance: z.array(z.strictObject({ from: storedDate, until: storedDate })),
});

/** As JSON can hold it; private keys are in it. */
export type ServiceState = z.input<typeof schema>;

interface StoredPublication {
  readonly authority: AuthorityState;
  readonly padding: number;
  readonly forced: readonly ForcedPublication[];
}

interface Common {
  readonly nextSerial: number;
  readonly verifiers: readonly Verifier[];
  readonly access: "open" | "registered";
  readonly signing: "live" | "preSigned";
  readonly maintenance: readonly MaintenanceWindow[];
}

export interface StoredService extends Common {
  readonly publications: readonly StoredPublication[];
}

/** What there is to save. */
export interface ServiceRecord extends Common {
  readonly publications: readonly Publication[];
}

export function toServiceState(record: ServiceRecord): ServiceState {
  return {
    version: STATE_VERSION,
    nextSerial: record.nextSerial,
    publications: record.publications.map(toState),
    verifiers: record.verifiers.map(({ name, kinds, token }) => ({
      name,
      kinds: [...kinds],
      token,
    })),
    access: record.access,
    signing: record.signing,
    maintenance: record.maintenance.map(({ from, until }) => ({
      from: from.toISOString(),
      until: until.toISOString(),
    })),
  };
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

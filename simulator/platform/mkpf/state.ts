/**
 * What one environment of MKPF remembers, as plain data the lab can store: registered municipal
 * systems and the PPIDs given out. Verification (検証) and production (本番) have a state each and share
 * nothing (platform-facts 1.6, 1.7).
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { serverState } from "../oauth/server-state.ts";
import { publicJwk, redirectUris } from "../registration-fields.ts";
import { clientSoftwareUser } from "./state-client-software.ts";

export type MkpfEnvironment = "verification" | "production";

export const systemRegistration = z.strictObject({
  /** Name of the municipality and its system, for people. */
  name: z.string().min(1).max(200),
  /** 類型①: authorization code flow at a counter; 類型②: server to server, client credentials. */
  type: z.enum(["mkpf-1", "mkpf-2"]),
  publicJwk,
  /** 類型②: the method of validity check the system applied for; the request may choose if absent. */
  method: z.enum(["ocsp", "crl"]).optional(),
  /** 類型①: where authorization answers may be sent (platform-facts 1.6). */
  redirectUris: redirectUris.default([]),
});

const storedSystem = systemRegistration.extend({
  clientId: z.string().min(1),
  /** Key of this system's PPIDs, hexadecimal; leaves the platform with nobody. */
  ppidSecret: z.string().regex(/^[0-9A-F]{64}$/),
});

const ppidEntry = z.strictObject({
  clientId: z.string(),
  person: z.string(),
  /** Serial of the certificate last seen. */
  serial: z.string(),
  ppid: z.string(),
  registeredAt: z.iso.datetime().transform((text) => new Date(text)),
});

/** What MKPF itself keeps of a person (platform-facts 1.3): the birth date, from the registration. */
const user = z.strictObject({ person: z.string(), birthDate: z.string().regex(/^\d{8}$/) });

const state = z.strictObject({
  version: z.literal(1),
  environment: z.enum(["verification", "production"]),
  systems: z.array(storedSystem),
  ppids: z.array(ppidEntry),
  users: z.array(user).default([]),
  /** Keys and tokens of the authorization server; a new one makes its own. */
  server: serverState.optional(),
  clientSoftware: z.array(clientSoftwareUser).default([]),
});

export type SystemRegistration = z.input<typeof systemRegistration>;
export type StoredSystem = z.output<typeof storedSystem>;
export type PpidEntry = z.output<typeof ppidEntry>;
/** As JSON would carry it: times are ISO 8601 texts. */
export type MkpfState = z.input<typeof state>;
export type ParsedMkpfState = z.output<typeof state>;

/** @throws SimulatorError STATE_INVALID naming each place that does not fit, or the other environment */
export function parseMkpfState(value: unknown, environment: MkpfEnvironment): ParsedMkpfState {
  const parsed = state.safeParse(value);
  if (!parsed.success) {
    throw new SimulatorError("STATE_INVALID", `MKPF state: ${z.prettifyError(parsed.error)}`);
  }
  if (parsed.data.environment !== environment) {
    throw new SimulatorError(
      "STATE_INVALID",
      `MKPF state of ${parsed.data.environment}, not of ${environment}`,
    );
  }
  return parsed.data;
}

export function emptyMkpfState(environment: MkpfEnvironment): MkpfState {
  return { version: 1, environment, systems: [], ppids: [], users: [], clientSoftware: [] };
}

/**
 * Which platforms and which relying party a project connects: those of the simulator, or a staging
 * environment (検証環境) by address, profile file and credentials. A configuration names the
 * environment variables that hold credentials and never the credentials.
 */
import { resolve } from "node:path";
import { z } from "zod";
import { isSafeAddress } from "../platform/safe-address.ts";

const address = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && isSafeAddress(new URL(text)), {
    error: "should be https; plain http goes to this machine only",
  });

/** `{ env: "MKPF_CLIENT_ID" }`: the value stands in the environment. */
const fromEnvironment = z.strictObject({
  env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "should be the name of an environment variable"),
});

const mkpf = z.strictObject({
  /** Issuer of the environment, which is the base of its paths. */
  issuer: address,
  /** File with the names and codes of your copy of the specification, from the configuration's folder. */
  profile: z.string().min(1).optional(),
  clientId: fromEnvironment,
  /** The system's private key, as JWK in JSON. */
  privateKey: fromEnvironment,
});

const localAuthPf = z.strictObject({
  baseUrl: address,
  profile: z.string().min(1).optional(),
  /** OCSP方式 or CRL方式, as the access information was issued for. */
  method: z.enum(["ocsp", "crl"]),
  /** アクセス情報. */
  accessId: fromEnvironment,
  accessSecret: fromEnvironment,
});

const staging = z
  .strictObject({ mkpf: mkpf.optional(), localAuthPf: localAuthPf.optional() })
  .refine((target) => target.mkpf !== undefined || target.localAuthPf !== undefined, {
    error: 'should name mkpf or localAuthPf, or be "simulator"',
  });

export const platformTarget = z.union([z.literal("simulator"), staging]);

const ownSystems = z
  .strictObject({
    /** Module whose default export makes your systems, from the configuration's folder. */
    driver: z.string().min(1).optional(),
    /** Where your system is. The driver is told, and so are scenarios of your own. */
    url: address.optional(),
    /** Milliseconds your system has for one errand. Default 10000. */
    deadline: z.int().min(100).max(600_000).optional(),
  })
  .refine(({ driver, url }) => driver !== undefined || url !== undefined, {
    error: 'should name driver or url, or be "built-in"',
  });

export const relyingParty = z.union([z.literal("built-in"), ownSystems]);

export type OwnSystems = z.infer<typeof ownSystems>;

export type StagingTarget = z.infer<typeof staging>;

/** Names of the environment variables a target needs. */
export function variablesOf({ mkpf, localAuthPf }: StagingTarget): string[] {
  const credentials = [
    mkpf?.clientId,
    mkpf?.privateKey,
    localAuthPf?.accessId,
    localAuthPf?.accessSecret,
  ];
  return credentials.flatMap((credential) => credential?.env ?? []);
}

/** The same with the paths of profile files made absolute. */
export function withProfilesIn(folder: string, target: StagingTarget): StagingTarget {
  const placed = <Platform extends { profile?: string | undefined }>(platform: Platform) =>
    platform.profile === undefined
      ? platform
      : { ...platform, profile: resolve(folder, platform.profile) };
  return {
    ...(target.mkpf && { mkpf: placed(target.mkpf) }),
    ...(target.localAuthPf && { localAuthPf: placed(target.localAuthPf) }),
  };
}

/** The same with the path of the driver made absolute. */
export function withDriverIn(folder: string, systems: OwnSystems): OwnSystems {
  const { driver } = systems;
  return driver === undefined ? systems : { ...systems, driver: resolve(folder, driver) };
}

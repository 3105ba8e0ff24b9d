/**
 * The services a certificate can come from (platform-facts 5.4, PK-28): what their names and policies
 * are, so that a certificate of one can be told from a certificate of another.
 */
import { SimulatorError } from "../errors.ts";
import type { CertificateKind } from "./status.ts";

/**
 * `test`: the simulator, in the place of the official test environment. `rehearsal`: a second
 * simulated service in the place of production. `production`: the real one, which is only ever
 * recognised; nothing is issued under its names.
 */
export type EnvironmentName = "test" | "rehearsal" | "production";

/** What carries the key: the card, or a smartphone (スマホ用電子証明書). */
export type Carrier = "card" | "smartphone";

/** Certificate policies, by what a certificate is for. */
export type Policies = Readonly<Record<CertificateKind, string>>;

export interface Environment {
  /** Organisation in the names of its CAs. */
  readonly organization: string;
  /** What the Japanese names say behind the name of the service. */
  readonly noteJa: string;
  readonly policies: Readonly<Record<Carrier, Partial<Policies>>>;
}

/** Enterprise number that belongs to documentation (RFC 5612). */
const DOCUMENTATION_ARC = "1.3.6.1.4.1.32473.8.5.1";
const JPKI_ARC = "1.2.392.200149.8.5.1";

/**
 * `.0.20` is the 署名用 policy of the official test environment, `.1.20`, `.1.40` and `.3.30` are those
 * of production.
 *
 * UNVERIFIED: `.0.30`, `.0.40` and `.0.50` are made up in the test arc after the pattern of these; the
 * production policy of 利用者証明用 on smartphones is not public.
 */
export const ENVIRONMENTS: Readonly<Record<EnvironmentName, Environment>> = {
  test: {
    organization: "JPKI-TEST",
    noteJa: "（試験用）",
    policies: {
      card: { auth: `${JPKI_ARC}.0.30`, sign: `${JPKI_ARC}.0.20` },
      smartphone: { auth: `${JPKI_ARC}.0.50`, sign: `${JPKI_ARC}.0.40` },
    },
  },
  rehearsal: {
    organization: "JPKI-REHEARSAL",
    noteJa: "（模擬本番）",
    policies: {
      card: { auth: `${DOCUMENTATION_ARC}.3.30`, sign: `${DOCUMENTATION_ARC}.1.20` },
      smartphone: { auth: `${DOCUMENTATION_ARC}.3.50`, sign: `${DOCUMENTATION_ARC}.1.40` },
    },
  },
  production: {
    organization: "JPKI",
    noteJa: "",
    policies: {
      card: { auth: `${JPKI_ARC}.3.30`, sign: `${JPKI_ARC}.1.20` },
      smartphone: { sign: `${JPKI_ARC}.1.40` },
    },
  },
};

/** Which CA is meant; every generation of it has the same identity. */
export interface CaIdentity {
  readonly kind: CertificateKind;
  readonly carrier: Carrier;
  readonly environment: EnvironmentName;
}

/** A CA that can exist here: none of the real service. */
export interface OwnCaIdentity extends CaIdentity {
  readonly environment: Exclude<EnvironmentName, "production">;
}

/** The policy a CA issues under. */
export function policyOf({ kind, carrier, environment }: OwnCaIdentity): string {
  const policy = ENVIRONMENTS[environment].policies[carrier][kind];
  if (policy !== undefined) return policy;
  throw new SimulatorError("PKI_INVALID", `${environment} has no policy for ${carrier} ${kind}`);
}

/** Environment, kind and carrier a set of policies belongs to; undefined when it is no JPKI policy. */
export function identityOfPolicies(policies: readonly string[]): CaIdentity | undefined {
  return IDENTITIES.find(({ kind, carrier, environment }) => {
    const policy = ENVIRONMENTS[environment].policies[carrier][kind];
    return policy !== undefined && policies.includes(policy);
  });
}

/** Every CA there can be. */
export const IDENTITIES: readonly CaIdentity[] = (
  ["test", "rehearsal", "production"] as const
).flatMap((environment) =>
  (["card", "smartphone"] as const).flatMap((carrier) =>
    (["auth", "sign"] as const).map((kind) => ({ kind, carrier, environment })),
  ),
);

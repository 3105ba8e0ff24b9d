/**
 * The services (RP) registered with デジタル認証アプリサービス, and how the authorization server sees
 * them.
 */
import { createHmac } from "node:crypto";
import type { ClientMetadata } from "oidc-provider";
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import { ownSecret } from "../own-secret.ts";
import { publicJwk, redirectUris } from "../registration-fields.ts";
import type { DigitalAuthProfile } from "./profile.ts";

export const relyingPartyRegistration = z.strictObject({
  name: z.string().min(1).max(200),
  publicJwk,
  /** Of 1 to 255 characters each (platform-facts 4.3). */
  redirectUris: redirectUris
    .min(1)
    .refine((uris) => uris.every(({ length }) => length <= 255), "255 characters at most"),
  /**
   * 署名API: the public key 署名用 certificates are encrypted to (RSA-OAEP-256 or ECDH-ES, by key type).
   * A private service registers that of its platform operator (platform-facts 4.5). 認証API only when
   * absent.
   */
  signResultJwk: publicJwk.optional(),
  /**
   * What its ID tokens are signed with. UNVERIFIED: that a service can choose. ES256 is what was seen
   * (platform-facts 4.4); OpenID Connect Core section 15.1 wants RS256 of every provider.
   */
  idTokenAlgorithm: z.enum(["ES256", "RS256"]).default("ES256"),
  /** How the service is tested. The first way that is used, when absent. */
  testMethod: z.enum(["substitute", "app"]).optional(),
});

export const storedRelyingParty = relyingPartyRegistration.extend({
  clientId: z.string().regex(/^[0-9a-zA-Z]{1,255}$/),
  /** Key of this service's `sub` values, hexadecimal. */
  subSecret: z.string().regex(/^[0-9A-F]{64}$/),
});

export type RelyingPartyRegistration = z.input<typeof relyingPartyRegistration>;
export type StoredRelyingParty = z.output<typeof storedRelyingParty>;
export type RelyingParty = Omit<StoredRelyingParty, "subSecret">;

/** テストカード代替機能, or the app with test cards: one of them for each service (platform-facts 4.7). */
export type TestMethod = NonNullable<RelyingParty["testMethod"]>;

export class RelyingParties {
  readonly #random: Random;
  readonly #parties: Map<string, StoredRelyingParty>;

  constructor(random: Random, stored: readonly StoredRelyingParty[] = []) {
    this.#random = random;
    this.#parties = new Map(stored.map((party) => [party.clientId, party]));
  }

  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  register(registration: RelyingPartyRegistration): RelyingParty {
    const parsed = relyingPartyRegistration.safeParse(registration);
    if (!parsed.success) {
      throw new SimulatorError(
        "PLATFORM_REGISTRATION_INVALID",
        `the service cannot be registered: ${z.prettifyError(parsed.error)}`,
      );
    }
    const registered = { ...parsed.data, clientId: this.#newClientId() };
    const subSecret = ownSecret(this.#random, registered.clientId);
    this.#parties.set(registered.clientId, { ...registered, subSecret });
    return registered;
  }

  find(clientId: string): StoredRelyingParty | undefined {
    return this.#parties.get(clientId);
  }

  /** Whether a service may be tested this way: the first one counts from then on. */
  mayTestBy({ clientId }: StoredRelyingParty, method: TestMethod): boolean {
    const party = this.#parties.get(clientId);
    if (party === undefined) return false;
    const { testMethod = method } = party;
    this.#parties.set(clientId, { ...party, testMethod });
    return testMethod === method;
  }

  written(): StoredRelyingParty[] {
    return [...this.#parties.values()];
  }

  /** After the example `RP00000001` of the API reference (platform-facts 4.3). */
  #newClientId(): string {
    for (;;) {
      const clientId = `RP${this.#random.digits(8)}`;
      if (!this.#parties.has(clientId)) return clientId;
    }
  }
}

/**
 * `sub`: differs from service to service, and survives renewal of certificate and card, because it
 * hangs on the person and not on a serial number (platform-facts 4.6).
 */
export function subjectFor({ subSecret }: StoredRelyingParty, person: string): string {
  return createHmac("sha256", Buffer.from(subSecret, "hex"))
    .update(person, "utf8")
    .digest("base64url");
}

/** What a service may do at the authorization server. */
export function clientMetadata(
  party: StoredRelyingParty,
  { scopes }: DigitalAuthProfile,
): ClientMetadata {
  const { sign, ...attributes } = scopes;
  const signs = party.signResultJwk !== undefined;
  const granted = ["openid", ...Object.values(attributes), ...(signs ? [sign] : [])];
  return {
    client_id: party.clientId,
    client_name: party.name,
    grant_types: ["authorization_code", "refresh_token", ...(signs ? ["client_credentials"] : [])],
    response_types: ["code"],
    redirect_uris: party.redirectUris,
    scope: granted.join(" "),
    subject_type: "pairwise",
    token_endpoint_auth_method: "private_key_jwt",
    id_token_signed_response_alg: party.idTokenAlgorithm,
    jwks: { keys: [party.publicJwk] },
  };
}

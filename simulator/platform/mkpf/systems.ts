/**
 * The municipal systems (自治体システム) registered with one environment of MKPF, and how the
 * authorization server sees them (RFC 7591 client metadata).
 *
 * Each registration gets its own client id, marked with the environment, so that verification
 * credentials mean nothing in production (MK-15).
 */
import type { ClientMetadata } from "oidc-provider";
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import { ownSecret } from "../own-secret.ts";
import type { MkpfProfile } from "./profile.ts";
import {
  type MkpfEnvironment,
  type StoredSystem,
  type SystemRegistration,
  systemRegistration,
} from "./state.ts";

/** A registered system as others may see it: without the secret its PPIDs are made with. */
export type RegisteredSystem = Omit<StoredSystem, "ppidSecret">;

export class SystemRegistry {
  readonly #environment: MkpfEnvironment;
  readonly #random: Random;
  readonly #systems: Map<string, StoredSystem>;

  constructor(environment: MkpfEnvironment, random: Random, systems: readonly StoredSystem[]) {
    this.#environment = environment;
    this.#random = random;
    this.#systems = new Map(systems.map((system) => [system.clientId, system]));
  }

  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  register(registration: SystemRegistration): RegisteredSystem {
    const parsed = systemRegistration.safeParse(registration);
    if (!parsed.success) {
      throw new SimulatorError(
        "PLATFORM_REGISTRATION_INVALID",
        `the system cannot be registered: ${z.prettifyError(parsed.error)}`,
      );
    }
    if (parsed.data.type === "mkpf-1" && parsed.data.redirectUris.length === 0) {
      throw new SimulatorError(
        "PLATFORM_REGISTRATION_INVALID",
        "a system of 類型① needs an address authorization answers may be sent to",
      );
    }
    const clientId = this.#newClientId();
    const ppidSecret = ownSecret(this.#random, clientId);
    const system = { ...parsed.data, clientId, ppidSecret };
    this.#systems.set(system.clientId, system);
    const { ppidSecret: _kept, ...registered } = system;
    return registered;
  }

  find(clientId: string): StoredSystem | undefined {
    return this.#systems.get(clientId);
  }

  all(): readonly StoredSystem[] {
    return [...this.#systems.values()];
  }

  #newClientId(): string {
    const prefix = this.#environment === "production" ? "MKPF-P" : "MKPF-V";
    for (;;) {
      const clientId = `${prefix}-${this.#random.digits(8)}`;
      if (!this.#systems.has(clientId)) return clientId;
    }
  }
}

/** What a system may do at the authorization server. */
export function clientMetadata(system: StoredSystem, profile: MkpfProfile): ClientMetadata {
  const { scopes } = profile;
  const common = {
    client_id: system.clientId,
    client_name: system.name,
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [system.publicJwk] },
  } as const;
  if (system.type === "mkpf-2") {
    return {
      ...common,
      grant_types: ["client_credentials"],
      response_types: [],
      redirect_uris: [],
      scope: `${scopes.validity} ${scopes.signCertificateStatus} ${scopes.unlink}`,
    };
  }
  return {
    ...common,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: system.redirectUris,
    scope: `openid ${scopes.ppid} ${scopes.attributes} ${scopes.signCertificateStatus} ${scopes.unlink}`,
    subject_type: "pairwise",
  };
}

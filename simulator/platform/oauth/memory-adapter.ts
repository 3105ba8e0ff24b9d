/**
 * Where the authorization server keeps codes, tokens, sessions and replay marks: in memory, one store
 * a server. Registered clients are not copied here but looked up where the platform keeps them.
 *
 * Shape: `Adapter` of oidc-provider. Expiry is checked by oidc-provider itself on each read.
 */
import type { Adapter, AdapterPayload, ClientMetadata } from "oidc-provider";

export type FindClient = (clientId: string) => ClientMetadata | undefined;

/** Keeps the newest; a lab left running for days must not grow without end. */
const REMEMBERED = 20_000;

/** @returns the adapter factory oidc-provider asks for: one adapter for each kind of record */
export function memoryAdapter(findClient: FindClient): (kind: string) => Adapter {
  const records = new Map<string, AdapterPayload>();
  return (kind) => (kind === "Client" ? clientAdapter(findClient) : new Records(kind, records));
}

class Records implements Adapter {
  readonly #kind: string;
  readonly #records: Map<string, AdapterPayload>;

  constructor(kind: string, records: Map<string, AdapterPayload>) {
    this.#kind = kind;
    this.#records = records;
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.#records.set(this.#key(id), payload);
    const oldest = this.#records.keys().next().value;
    if (this.#records.size > REMEMBERED && oldest !== undefined) this.#records.delete(oldest);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#records.get(this.#key(id));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#first((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#first((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = this.#records.get(this.#key(id));
    // Any truthy value marks a record as used; oidc-provider never compares it with the time.
    if (payload !== undefined) payload.consumed = true;
  }

  async destroy(id: string): Promise<void> {
    this.#records.delete(this.#key(id));
  }

  /** Codes and tokens of one grant fall together (RFC 6749 section 4.1.2: a code used twice). */
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, payload] of this.#records) {
      if (payload.grantId === grantId) this.#records.delete(key);
    }
  }

  #key(id: string): string {
    return `${this.#kind}:${id}`;
  }

  #first(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, payload] of this.#records) {
      if (key.startsWith(`${this.#kind}:`) && matches(payload)) return payload;
    }
    return undefined;
  }
}

function clientAdapter(findClient: FindClient): Adapter {
  const readOnly = async () => {};
  return {
    find: async (id) => findClient(id),
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}

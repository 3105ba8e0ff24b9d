/**
 * Where the authorization server keeps codes, tokens, sessions and replay marks: in memory, one store
 * a server. Registered clients are not copied here but looked up where the platform keeps them.
 *
 * Shape: `Adapter` of oidc-provider, which checks expiry by the machine's time on each read. Here
 * everything ages by the lab's clock as well, so that a scenario can let a code or token expire.
 * Replay marks are the exception: they guard assertions that live by the machine's time only.
 */
import type { Adapter, AdapterPayload, ClientMetadata } from "oidc-provider";
import type { Clock } from "../../clock.ts";

export type FindClient = (clientId: string) => ClientMetadata | undefined;

/** Keeps the newest; a lab left running for days must not grow without end. */
const REMEMBERED = 20_000;

interface Kept {
  readonly payload: AdapterPayload;
  /** Lab time in milliseconds; Infinity for what does not age. */
  readonly until: number;
}

/** @returns the adapter factory oidc-provider asks for: one adapter for each kind of record */
export function memoryAdapter(findClient: FindClient, clock: Clock): (kind: string) => Adapter {
  const records = new Map<string, Kept>();
  return (kind) =>
    kind === "Client" ? clientAdapter(findClient) : new Records(kind, records, clock);
}

class Records implements Adapter {
  readonly #kind: string;
  readonly #records: Map<string, Kept>;
  readonly #clock: Clock;

  constructor(kind: string, records: Map<string, Kept>, clock: Clock) {
    this.#kind = kind;
    this.#records = records;
    this.#clock = clock;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const ages = this.#kind !== "ReplayDetection" && typeof expiresIn === "number";
    const until = ages ? this.#clock.now().getTime() + expiresIn * 1000 : Infinity;
    this.#records.set(this.#key(id), { payload, until });
    const oldest = this.#records.keys().next().value;
    if (this.#records.size > REMEMBERED && oldest !== undefined) this.#records.delete(oldest);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const kept = this.#records.get(this.#key(id));
    return kept && this.#unlessOver(kept);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#first((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#first((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = this.#records.get(this.#key(id))?.payload;
    // Any truthy value marks a record as used; oidc-provider never compares it with the time.
    if (payload !== undefined) payload.consumed = true;
  }

  async destroy(id: string): Promise<void> {
    this.#records.delete(this.#key(id));
  }

  /** Codes and tokens of one grant fall together (RFC 6749 section 4.1.2: a code used twice). */
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.#records) {
      if (payload.grantId === grantId) this.#records.delete(key);
    }
  }

  #key(id: string): string {
    return `${this.#kind}:${id}`;
  }

  #first(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, kept] of this.#records) {
      if (key.startsWith(`${this.#kind}:`) && matches(kept.payload)) return this.#unlessOver(kept);
    }
    return undefined;
  }

  #unlessOver({ payload, until }: Kept): AdapterPayload | undefined {
    return this.#clock.now().getTime() < until ? payload : undefined;
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

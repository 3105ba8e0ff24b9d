/**
 * Where the authorization server keeps codes, tokens, sessions and replay marks: in memory, one store
 * a server. Registered clients are not copied here but looked up where the platform keeps them.
 *
 * Shape: `Adapter` of oidc-provider, which checks expiry by the machine's time on each read. Here
 * everything ages by the lab's clock as well, so that a scenario can let a code or token expire.
 * Replay marks are the exception: they guard assertions that live by the machine's time only.
 *
 * Ids of codes and tokens are the secrets themselves; records are found by their digest, so that what
 * is written down cannot be used by whoever reads it.
 */
import { createHash } from "node:crypto";
import type { Adapter, AdapterPayload, ClientMetadata } from "oidc-provider";
import type { Clock } from "../../clock.ts";
import type { ServerRecord } from "./server-state.ts";

export type FindClient = (clientId: string) => ClientMetadata | undefined;

/** Keeps the newest; a lab left running for days must not grow without end. */
const REMEMBERED = 20_000;

/** How many are written down, and of which kinds: a browser's visit ends with the process. */
const WRITTEN_DOWN = 1000;
const LASTING = new Set([
  "AccessToken",
  "AuthorizationCode",
  "ClientCredentials",
  "Grant",
  "RefreshToken",
  "ReplayDetection",
]);

interface Kept extends Omit<ServerRecord, "payload"> {
  readonly payload: AdapterPayload;
}

export class MemoryStore {
  readonly #findClient: FindClient;
  readonly #clock: Clock;
  readonly #records: Map<string, Kept>;

  /** @param written what was written down before */
  constructor(findClient: FindClient, clock: Clock, written: readonly ServerRecord[] = []) {
    this.#findClient = findClient;
    this.#clock = clock;
    this.#records = new Map(written.map((kept) => [`${kept.kind}:${kept.digest}`, kept]));
  }

  /** The factory oidc-provider asks for: one adapter for each kind of record. */
  readonly adapter = (kind: string): Adapter =>
    kind === "Client"
      ? clientAdapter(this.#findClient)
      : new Records(kind, this.#records, this.#clock);

  /** What is good for longer than this process, oldest first. */
  written(): ServerRecord[] {
    const now = this.#clock.now().getTime();
    return [...this.#records.values()]
      .filter(({ kind, until }) => LASTING.has(kind) && (until === undefined || now < until))
      .slice(-WRITTEN_DOWN)
      .map(({ payload: { jti, ...payload }, ...kept }) => ({ ...kept, payload }));
  }
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
    const until = this.#clock.now().getTime() + (expiresIn ?? 0) * 1000;
    const kept = { kind: this.#kind, digest: digestOf(id), payload };
    this.#records.set(this.#key(id), ages ? { ...kept, until } : kept);
    const oldest = this.#records.keys().next().value;
    if (this.#records.size > REMEMBERED && oldest !== undefined) this.#records.delete(oldest);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const payload = this.#unlessOver(this.#records.get(this.#key(id)));
    return payload && { ...payload, jti: id };
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
    return `${this.#kind}:${digestOf(id)}`;
  }

  #first(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const kept of this.#records.values()) {
      if (kept.kind === this.#kind && matches(kept.payload)) return this.#unlessOver(kept);
    }
    return undefined;
  }

  #unlessOver(kept: Kept | undefined): AdapterPayload | undefined {
    const until = kept?.until ?? Infinity;
    return this.#clock.now().getTime() < until ? kept?.payload : undefined;
  }
}

function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
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

/**
 * MKPF by itself, for tests: a checker and a directory that answer what they are told, systems of both
 * kinds that are registered with one call, and everything that was traced.
 */
import { generateKeyPairSync, sign } from "node:crypto";
import type { JWK } from "jose";
import { LabClock } from "../../../simulator/clock.ts";
import type { CounterCardReader } from "../../../simulator/platform/mkpf/counter/card-reader.ts";
import { createMkpf, type Mkpf } from "../../../simulator/platform/mkpf/index.ts";
import { parseMkpfProfile } from "../../../simulator/platform/mkpf/profile.ts";
import type { MkpfState } from "../../../simulator/platform/mkpf/state.ts";
import { FIRST_SERIAL, PRIVATE_KEY } from "../../../simulator/platform/testing/certificates.ts";
import {
  NOON,
  ScriptedChecker,
  ScriptedDirectory,
  Services,
} from "../../../simulator/platform/testing/world.ts";
import { Random } from "../../../simulator/random.ts";
import { CounterDisplay } from "../counter-display.ts";
import type { HttpTrace } from "../exchange.ts";
import { MkpfClient, type MkpfClientOptions } from "../mkpf-client.ts";
import { MkpfCounterClient } from "../mkpf-counter-client.ts";

const CALLBACK = "http://127.0.0.1:1/callback";
export const YEARS_AGO = new Date("2029-01-01T00:00:00Z");

/** The key of every system here. */
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const PRIVATE_JWK = privateKey.export({ format: "jwk" }) as JWK;
const PUBLIC_JWK = publicKey.export({ format: "jwk" });

/** RSASSA-PKCS1-v1_5 with SHA-256, by the key of every card here. */
export function signByCard(data: Uint8Array): Uint8Array {
  const key = { key: Buffer.from(PRIVATE_KEY), format: "der", type: "pkcs8" } as const;
  return new Uint8Array(sign("sha256", data, key));
}

export interface MkpfSettings {
  readonly profile?: unknown;
  readonly reader?: CounterCardReader;
  readonly state?: MkpfState;
}

export class MkpfWorld {
  readonly clock = LabClock.stopped(NOON);
  readonly checker = new ScriptedChecker();
  /** One person, who has had the first certificate for years. */
  readonly people = new ScriptedDirectory();
  readonly services = new Services();
  readonly traces: HttpTrace[] = [];
  readonly sink = (trace: HttpTrace) => void this.traces.push(trace);
  #started: { readonly mkpf: Mkpf; readonly issuer: string } | undefined;

  constructor() {
    this.people.persons.set(FIRST_SERIAL, { person: "person-1", issuedAt: YEARS_AGO });
  }

  static async open(): Promise<MkpfWorld> {
    const world = new MkpfWorld();
    await world.start();
    return world;
  }

  /** Starts the platform, instead of the one that ran before. */
  async start({ profile = {}, reader, state }: MkpfSettings = {}): Promise<void> {
    await this.services.close();
    let issuer = "";
    const mkpf = createMkpf({
      environment: "verification",
      issuer: () => issuer,
      clock: this.clock,
      random: new Random(`mkpf ${state === undefined ? "first" : "second"} start`),
      checker: this.checker,
      people: this.people,
      profile: parseMkpfProfile(profile),
      ...(reader && { reader }),
      ...(state && { state }),
    });
    issuer = await this.services.listen(mkpf.plugin);
    this.#started = { mkpf, issuer };
  }

  get mkpf(): Mkpf {
    if (this.#started === undefined) throw new Error("the world has not been started");
    return this.#started.mkpf;
  }

  get issuer(): string {
    return this.#started?.issuer ?? "";
  }

  /** A system of 類型②. */
  client(
    name = "図書館",
    { method, ...options }: Partial<MkpfClientOptions> & { method?: "ocsp" | "crl" } = {},
  ): Promise<MkpfClient> {
    const { clientId } = this.mkpf.registerSystem({
      name,
      type: "mkpf-2",
      publicJwk: PUBLIC_JWK,
      ...(method && { method }),
    });
    return MkpfClient.create({
      issuer: this.issuer,
      clientId,
      privateKey: PRIVATE_JWK,
      profile: this.mkpf.profile,
      sink: this.sink,
      ...options,
    });
  }

  /** A system of 類型①. */
  library(redirectUri = CALLBACK): Promise<MkpfCounterClient> {
    const { clientId } = this.mkpf.registerSystem({
      name: "試験市 図書館",
      type: "mkpf-1",
      publicJwk: PUBLIC_JWK,
      redirectUris: [redirectUri],
    });
    return MkpfCounterClient.create({
      issuer: this.issuer,
      clientId,
      privateKey: PRIVATE_JWK,
      redirectUri,
      profile: this.mkpf.profile,
      sink: this.sink,
    });
  }

  display(): CounterDisplay {
    return new CounterDisplay({ profile: this.mkpf.profile, sink: this.sink });
  }

  close(): Promise<void> {
    return this.services.close();
  }
}

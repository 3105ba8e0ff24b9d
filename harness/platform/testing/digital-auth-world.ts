/**
 * デジタル認証アプリ by itself, for tests: two test cards, a checker that answers what it is told, services
 * that are registered with one call, and everything that was traced.
 */
import { constants, createPrivateKey, generateKeyPairSync, privateEncrypt } from "node:crypto";
import type { JWK } from "jose";
import { LabClock } from "../../../simulator/clock.ts";
import {
  createDigitalAuthApp,
  type DigitalAuthApp,
} from "../../../simulator/platform/digital-auth-app/index.ts";
import { parseDigitalAuthProfile } from "../../../simulator/platform/digital-auth-app/profile.ts";
import type { RelyingPartyRegistration } from "../../../simulator/platform/digital-auth-app/relying-parties.ts";
import type { DigitalAuthState } from "../../../simulator/platform/digital-auth-app/state.ts";
import type { TestCard } from "../../../simulator/platform/digital-auth-app/test-cards.ts";
import { newSigningKey } from "../../../simulator/platform/oauth/signing-keys.ts";
import {
  FIRST_CERTIFICATE,
  PRIVATE_KEY,
  RENEWED_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../../simulator/platform/testing/certificates.ts";
import { NOON, ScriptedChecker, Services } from "../../../simulator/platform/testing/world.ts";
import { Random } from "../../../simulator/random.ts";
import {
  DigitalAuthClient,
  type DigitalAuthClientOptions,
  type DigitalAuthUser,
  type DigitalAuthWish,
} from "../digital-auth-client.ts";
import type { HttpTrace } from "../exchange.ts";
import { TestResponseScreen } from "../test-response-screen.ts";

export const CALLBACK = "http://127.0.0.1:1/callback";
export const TARO = {
  name: "試験　太郎",
  address: "東京都試験区１",
  birthDate: "19900102",
  sex: "1",
};
export const HANAKO = {
  name: "試験　花子",
  address: "東京都試験区２",
  birthDate: "20000229",
  sex: "2",
};

/** The key services sign their assertions with. */
export const rp = generateKeyPairSync("ec", { namedCurve: "P-256" });
/** The key certificates are sealed for. */
const sealing = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** The key of every card here. */
const cardKey = createPrivateKey({ key: Buffer.from(PRIVATE_KEY), format: "der", type: "pkcs8" });

/** Made once: an RSA key takes a while. */
const SIGNING_KEYS = (["ES256", "RS256"] as const).map(newSigningKey);

export const publicOf = (pair: typeof rp) => pair.publicKey.export({ format: "jwk" });
export const privateOf = (pair: typeof rp) => pair.privateKey.export({ format: "jwk" }) as JWK;

/** RSASSA-PKCS1-v1_5 over bytes taken as they are, as a card computes it. */
export function signByCard(digestInfo: Uint8Array): Uint8Array {
  const key = { key: cardKey, padding: constants.RSA_PKCS1_PADDING };
  return new Uint8Array(privateEncrypt(key, digestInfo));
}

export const TARO_CARD: TestCard = {
  id: "card-1",
  label: "試験 太郎",
  person: "person-1",
  attributes: TARO,
  authCertificate: FIRST_CERTIFICATE,
  signing: { certificate: SIGN_CERTIFICATE, sign: async (digestInfo) => signByCard(digestInfo) },
};
const HANAKO_CARD: TestCard = {
  id: "card-2",
  label: "試験 花子",
  person: "person-2",
  attributes: HANAKO,
  authCertificate: RENEWED_CERTIFICATE,
};

/** Nothing listens before `start`. */
export class DigitalAuthWorld {
  readonly clock = LabClock.stopped(NOON);
  readonly checker = new ScriptedChecker();
  readonly traces: HttpTrace[] = [];
  cards: TestCard[] = [TARO_CARD, HANAKO_CARD];
  #services = new Services();
  #started: { readonly app: DigitalAuthApp; readonly origin: string } | undefined;
  readonly #sink = (trace: HttpTrace) => this.traces.push(trace);

  async start(profile: unknown = {}, state?: DigitalAuthState): Promise<void> {
    let origin = "";
    const app = createDigitalAuthApp({
      origin: () => origin,
      clock: this.clock,
      random: new Random("digital-auth"),
      checker: this.checker,
      cards: { list: () => this.cards },
      profile: parseDigitalAuthProfile(profile),
      state: state ?? {
        version: 1,
        relyingParties: [],
        server: { keys: SIGNING_KEYS, records: [] },
      },
    });
    origin = await this.#services.listen(app.plugin);
    this.#started = { app, origin };
  }

  get app(): DigitalAuthApp {
    if (this.#started === undefined) throw new Error("the world has not been started");
    return this.#started.app;
  }

  get origin(): string {
    return this.#started?.origin ?? "";
  }

  /** Registers a service for 認証API and 署名API, and gives its client. */
  service(
    options: Partial<DigitalAuthClientOptions> = {},
    registration: Partial<RelyingPartyRegistration> = {},
  ): Promise<DigitalAuthClient> {
    const { clientId } = this.app.registerRelyingParty({
      name: "試験サービス",
      publicJwk: publicOf(rp),
      redirectUris: [CALLBACK],
      signResultJwk: publicOf(sealing),
      ...registration,
    });
    return DigitalAuthClient.create({
      origin: this.origin,
      clientId,
      privateKey: privateOf(rp),
      redirectUri: CALLBACK,
      signResultKey: privateOf(sealing),
      profile: this.app.profile,
      sink: this.#sink,
      ...options,
    });
  }

  /** Another browser. */
  screen(): TestResponseScreen {
    return new TestResponseScreen({ profile: this.app.profile, sink: this.#sink });
  }

  /** The whole way without a page, with Taro's card unless the wish says otherwise. */
  async signIn(client: DigitalAuthClient, wish: DigitalAuthWish = {}): Promise<DigitalAuthUser> {
    const pending = await client.begin({ testResponse: { card: "card-1" }, ...wish });
    const step = await this.screen().open(pending.url);
    if (step.step !== "back") throw new Error(`still at ${step.step}`);
    return client.finish(step.url, pending);
  }

  close(): Promise<void> {
    return this.#services.close();
  }
}

/**
 * A service (RP) that uses デジタル認証アプリ: its standing with the platform, and the browser of whoever
 * signs in there with a test card instead of a phone (platform-facts 4.5 and 4.7).
 */
import type { LabCard } from "../../../simulator/lab/index.ts";
import type { DigitalAuthApp, Outcome } from "../../../simulator/platform/index.ts";
import type { PresentedCard } from "../../card/index.ts";
import {
  type ClientKey,
  DigitalAuthClient,
  type DigitalAuthUser,
  type DigitalAuthWish,
  type HttpTrace,
  type HttpTraceSink,
  type PendingAuthorization,
  registerService,
  type ScreenStep,
  TestResponseScreen,
} from "../../platform/index.ts";
import { protocolError } from "../../platform/platform-error.ts";
import { readByApp } from "./phone.ts";
import { REDIRECT_URI } from "./redirect-uri.ts";

export interface DigitalAuthAt {
  readonly platform: DigitalAuthApp;
  readonly origin: string;
}

/** What is asked for, and what the person at the test response screen chooses. */
export interface SignInWish extends Omit<DigitalAuthWish, "testResponse"> {
  /** Default `normal`. */
  readonly outcome?: Outcome;
  /** Scopes the person agrees to; all when absent. */
  readonly consent?: readonly string[];
}

/** Registers a service for 認証API and 署名API. */
export async function openService(
  { platform, origin }: DigitalAuthAt,
  name: string,
  sinkOfAll: HttpTraceSink,
): Promise<DigitalService> {
  const { clientId, key, sealing } = await registerService(platform, name, REDIRECT_URI);
  const exchanges: HttpTrace[] = [];
  const sink = (trace: HttpTrace) => {
    exchanges.push(trace);
    sinkOfAll(trace);
  };
  const client = await DigitalAuthClient.create({
    origin,
    clientId,
    privateKey: key.privateKey,
    redirectUri: REDIRECT_URI,
    signResultKey: sealing.privateKey,
    profile: platform.profile,
    sink,
  });
  return new DigitalService(client, { clientId, key, exchanges, sink });
}

interface Standing {
  readonly clientId: string;
  readonly key: ClientKey;
  readonly exchanges: readonly HttpTrace[];
  readonly sink: HttpTraceSink;
}

/** Methods reject with a `PlatformError`. */
export class DigitalService {
  readonly client: DigitalAuthClient;
  readonly clientId: string;
  readonly key: ClientKey;
  /** Everything the service and its visitors' browsers have sent, oldest first. */
  readonly #exchanges: readonly HttpTrace[];
  readonly #sink: HttpTraceSink;

  constructor(client: DigitalAuthClient, { clientId, key, exchanges, sink }: Standing) {
    this.client = client;
    this.clientId = clientId;
    this.key = key;
    this.#exchanges = exchanges;
    this.#sink = sink;
  }

  /** Another browser, with cookies of its own. */
  browser(): TestResponseScreen {
    return new TestResponseScreen({ sink: this.#sink });
  }

  /** Begins an authorization in which the person's choices are made already. */
  begin(card: LabCard, wish: SignInWish = {}): Promise<PendingAuthorization> {
    const { outcome, consent, ...asked } = wish;
    return this.client.begin({
      ...asked,
      testResponse: {
        card: card.id,
        ...(outcome !== undefined && { outcome }),
        ...(consent !== undefined && { consent }),
      },
    });
  }

  /** Sends a browser there. @returns the address it came back to, with the answer */
  async visit({ url }: PendingAuthorization): Promise<URL> {
    return answerOf(await this.browser().open(url));
  }

  /** As `visit`, for a request without choices: the app reads the card. @throws CardError */
  async visitByApp({ url }: PendingAuthorization, card: PresentedCard): Promise<URL> {
    const browser = this.browser();
    await browser.open(url);
    const { challenge, toSign } = browser;
    const scopes = url.searchParams.get("scope")?.split(" ") ?? [];
    const attributes = scopes.includes("name");
    return answerOf(
      await browser.present(await readByApp(card, { challenge, toSign, attributes })),
    );
  }

  /** The whole way from the request to the user. */
  async signIn(card: LabCard, wish: SignInWish = {}): Promise<DigitalAuthUser> {
    const pending = await this.begin(card, wish);
    return this.client.finish(await this.visit(pending), pending);
  }

  /** How often the service or its visitors asked at an address that ends so. */
  requestsTo(end: string): number {
    return this.#exchangesAt(end).length;
  }

  /** HTTP status of the last answer from there; undefined when there was none. */
  lastAnswerOf(end: string): number | undefined {
    return this.#exchangesAt(end).at(-1)?.status;
  }

  #exchangesAt(end: string): readonly HttpTrace[] {
    return this.#exchanges.filter(({ path }) => path.split("?")[0]?.endsWith(end));
  }
}

/** @throws PlatformError PLATFORM_PROTOCOL while the browser has not been sent back */
export function answerOf(step: ScreenStep): URL {
  if (step.step === "back") return step.url;
  throw protocolError(`the browser is still at "${step.step}"`);
}

/**
 * The tester at 「テストレスポンス設定画面」 of デジタル認証アプリサービス (platform-facts 4.7), who picks a
 * test card and what is to happen; or has a card read by the app instead.
 */
import {
  DEFAULT_DIGITAL_AUTH_PROFILE,
  type DigitalAuthProfile,
} from "../../simulator/platform/digital-auth-app/profile.ts";
import { toWire } from "../../simulator/platform/wire.ts";
import type { FourAttributes } from "../card/index.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { type Arrival, Browser } from "./browser.ts";
import { digitalAuthRules } from "./digital-auth-rules.ts";
import { createExchange, type HttpTraceSink } from "./exchange.ts";
import { protocolError } from "./platform-error.ts";

export interface TestResponse {
  readonly card: string;
  /** `normal`, or what is to go wrong. Default `normal`. */
  readonly outcome?: string;
  /** Scopes the person agrees to. */
  readonly consent: readonly string[];
}

/** What a card has said and signed. Never trace it. */
export interface CardPresentation {
  /** 利用者証明用, DER. */
  readonly certificate: Uint8Array;
  /** Over `TestResponseScreen.challenge`, RSASSA-PKCS1-v1_5 with SHA-256. */
  readonly signature: Uint8Array;
  readonly attributes?: FourAttributes;
  /** 署名API: the 署名用 certificate, DER, and the signature over `TestResponseScreen.toSign`. */
  readonly signed?: { readonly certificate: Uint8Array; readonly signature: Uint8Array };
}

export type ScreenStep =
  | { readonly step: "screen" }
  /** A page that leads nowhere: the phone has no usable app. */
  | { readonly step: "stalled"; readonly reason: string }
  /** The service's address with the authorization answer in its query. */
  | { readonly step: "back"; readonly url: URL }
  | { readonly step: "error"; readonly status: number };

/** Every method rejects with a `PlatformError`. */
export class TestResponseScreen {
  readonly #browser: Browser;
  readonly #profile: DigitalAuthProfile;
  #asked: ReadonlyMap<string, string> = new Map();

  constructor(
    options: {
      readonly profile?: DigitalAuthProfile;
      readonly sink?: HttpTraceSink;
      /** Milliseconds. Default 10000. */
      readonly deadline?: number;
      /** PEM of the one CA to believe, instead of those that Node.js knows. */
      readonly ca?: string | undefined;
    } = {},
  ) {
    const { profile = DEFAULT_DIGITAL_AUTH_PROFILE, sink = () => {}, deadline = 10_000 } = options;
    const { ca } = options;
    const rules = digitalAuthRules(profile);
    this.#profile = profile;
    this.#browser = new Browser(
      createExchange({ peer: "デジタル認証アプリ 画面", rules, sink, deadline, ca }),
    );
  }

  get html(): string {
    return this.#browser.html;
  }

  get address(): URL {
    return this.#browser.address;
  }

  /** What a card has to sign to prove that it is there. Empty before the screen is open. */
  get challenge(): Uint8Array {
    return fromBase64(this.#asked.get("challenge") ?? "");
  }

  /** DigestInfo of what is to be signed by 署名API; empty when nothing is. */
  get toSign(): Uint8Array {
    return fromBase64(this.#asked.get("sign") ?? "");
  }

  /** Opens an authorization request; one with choices in it goes straight back. */
  async open(authorizationUrl: URL): Promise<ScreenStep> {
    return this.#look(await this.#browser.open(authorizationUrl));
  }

  async respond({ card, outcome = "normal", consent }: TestResponse): Promise<ScreenStep> {
    const fields = new URLSearchParams({ card, outcome });
    for (const scope of consent) fields.append("consent", scope);
    return this.#look(await this.#browser.submit("", fields));
  }

  /** The app hands in what it has read from a card. */
  async present({ certificate, signature, attributes, signed }: CardPresentation) {
    const { appFields, paths } = this.#profile;
    const wire = toWire(appFields, {
      ...attributes,
      certificate: toBase64(certificate),
      signature: toBase64(signature),
      ...(signed && {
        signCertificate: toBase64(signed.certificate),
        signSignature: toBase64(signed.signature),
      }),
    });
    const fields = new URLSearchParams(wire as Record<string, string>);
    return this.#look(await this.#browser.submit(paths.app, fields));
  }

  #look(arrival: Arrival): ScreenStep {
    if (arrival.at === "elsewhere") return { step: "back", url: arrival.url };
    if (arrival.at === "error") return { step: "error", status: arrival.status };
    const { attributes } = arrival;
    this.#asked = attributes;
    if (attributes.get("step") === "test-response") return { step: "screen" };
    if (attributes.get("step") === "stalled") {
      return { step: "stalled", reason: attributes.get("reason") ?? "" };
    }
    throw protocolError("the page is none of the platform's");
  }
}

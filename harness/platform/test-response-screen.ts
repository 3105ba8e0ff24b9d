/**
 * The tester at 「テストレスポンス設定画面」 of デジタル認証アプリサービス (platform-facts 4.7), who picks a
 * test card and what is to happen.
 */
import {
  DEFAULT_DIGITAL_AUTH_PROFILE,
  type DigitalAuthProfile,
} from "../../simulator/platform/digital-auth-app/profile.ts";
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

export type ScreenStep =
  | { readonly step: "screen" }
  /** The service's address with the authorization answer in its query. */
  | { readonly step: "back"; readonly url: URL }
  | { readonly step: "error"; readonly status: number };

/** Every method rejects with a `PlatformError`. */
export class TestResponseScreen {
  readonly #browser: Browser;

  constructor(
    options: {
      readonly profile?: DigitalAuthProfile;
      readonly sink?: HttpTraceSink;
      /** Milliseconds. Default 10000. */
      readonly deadline?: number;
    } = {},
  ) {
    const { profile = DEFAULT_DIGITAL_AUTH_PROFILE, sink = () => {}, deadline = 10_000 } = options;
    const rules = digitalAuthRules(profile);
    this.#browser = new Browser(
      createExchange({ peer: "デジタル認証アプリ 画面", rules, sink, deadline }),
    );
  }

  get html(): string {
    return this.#browser.html;
  }

  /** Opens an authorization request; one with choices in it goes straight back. */
  async open(authorizationUrl: URL): Promise<ScreenStep> {
    return stepOf(await this.#browser.open(authorizationUrl));
  }

  async respond({ card, outcome = "normal", consent }: TestResponse): Promise<ScreenStep> {
    const fields = new URLSearchParams({ card, outcome });
    for (const scope of consent) fields.append("consent", scope);
    return stepOf(await this.#browser.submit("", fields));
  }
}

function stepOf(arrival: Arrival): ScreenStep {
  if (arrival.at === "elsewhere") return { step: "back", url: arrival.url };
  if (arrival.at === "error") return { step: "error", status: arrival.status };
  if (arrival.attributes.get("step") === "test-response") return { step: "screen" };
  throw protocolError("the page is none of the platform's");
}

/**
 * The patron's display (利用者用ディスプレイ) at a counter of MKPF 類型①: the browser that shows MKPF's
 * pages, and the reading software that hands in what it read from the card (platform-facts 1.3).
 */
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import {
  authCertificateOf,
  type Challenge,
  type FourAttributes,
  type PresentedCard,
  provesGenuine,
} from "../card/index.ts";
import { readObject, readText } from "./answer-fields.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { type Arrival, Browser } from "./browser.ts";
import { createExchange, type HttpTraceSink } from "./exchange.ts";
import { mkpfRules } from "./mkpf-rules.ts";
import { protocolError } from "./platform-error.ts";

/** What the card's internal authentication showed. */
type Authenticity = "genuine" | "failed";

export interface CounterDisplayOptions {
  readonly profile?: MkpfProfile;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 10000. */
  readonly deadline?: number;
  /** PEM of the one CA to believe, instead of those that Node.js knows. */
  readonly ca?: string | undefined;
}

/** What a page asks for, or where the browser was sent back to. */
export type CounterStep =
  | {
      readonly step: "card";
      readonly mode: string;
      /** What the card is to sign at a registration. */
      readonly challenge: Uint8Array;
    }
  | { readonly step: "consent" }
  /** The municipal system's address with the authorization answer in its query. */
  | { readonly step: "back"; readonly url: URL }
  /** An error page: the request itself was not acceptable, so nobody is told where to. */
  | { readonly step: "error"; readonly status: number };

/** What was read from the card at a registration. */
export interface CounterRegistration extends FourAttributes {
  readonly certificate: Uint8Array;
  readonly signature: Uint8Array;
}

/** Every method rejects with a `PlatformError`; `touch` also with a `CardError`. */
export class CounterDisplay {
  readonly #profile: MkpfProfile;
  readonly #browser: Browser;

  constructor(options: CounterDisplayOptions = {}) {
    const { profile = DEFAULT_MKPF_PROFILE, sink = () => {}, deadline = 10_000, ca } = options;
    this.#profile = profile;
    const rules = mkpfRules(profile);
    this.#browser = new Browser(createExchange({ peer: "MKPF 画面", rules, sink, deadline, ca }));
  }

  /** The page on the display. */
  get html(): string {
    return this.#browser.html;
  }

  /** Opens the authorization request of a municipal system. Every visit starts with this. */
  async open(authorizationUrl: URL): Promise<CounterStep> {
    return stepOf(await this.#browser.open(authorizationUrl));
  }

  handInRegistration(read: CounterRegistration): Promise<CounterStep> {
    const { certificate, signature, ...attributes } = read;
    return this.#submit("/card", {
      ...this.#certificateFields({ certificate, signature }),
      ...toWire(this.#profile.readingFields, attributes),
    });
  }

  /**
   * かざし利用, first half: hands in the certificate alone.
   *
   * @returns the birth date key (YYMMDD of the era) the card is to be opened with; or where the visit went
   */
  async handInCertificate(
    certificate: Uint8Array,
  ): Promise<{ birthDateKey: string } | CounterStep> {
    const fields = form(this.#certificateFields({ certificate }));
    const answer = await this.#browser.post("/certificate", fields);
    if (!(answer instanceof Response)) return stepOf(answer);
    const body = readObject(await answer.json(), "answer");
    const { birthDateKey } = fromWire(this.#profile.readingFields, body);
    return { birthDateKey: readText(birthDateKey, "birth date key") };
  }

  /** かざし利用, second half: hands in the result of the card's internal authentication. */
  handInTouch(certificate: Uint8Array, authenticity: Authenticity): Promise<CounterStep> {
    return this.#submit("/card", {
      ...this.#certificateFields({ certificate }),
      ...toWire(this.#profile.readingFields, { authenticity }),
    });
  }

  /** かざし利用, both halves, with a card on the reader. */
  async touch(card: Pick<PresentedCard, "reader">, challenge: Challenge): Promise<CounterStep> {
    const certificate = await authCertificateOf(card);
    const answer = await this.handInCertificate(certificate);
    if ("step" in answer) return answer;
    const genuine = await provesGenuine(card, answer.birthDateKey, challenge);
    return this.handInTouch(certificate, genuine ? "genuine" : "failed");
  }

  /** Fills in the page's own form, where the platform lends a card reader. */
  pick(card: string, pins: { readonly auth?: string; readonly text?: string } = {}) {
    return this.#submit("/pick", { card, auth_pin: pins.auth ?? "", text_pin: pins.text ?? "" });
  }

  decide(decision: "allow" | "decline"): Promise<CounterStep> {
    return this.#submit("/consent", { decision });
  }

  cancel(): Promise<CounterStep> {
    return this.#submit("/cancel", {});
  }

  async #submit(path: string, fields: Record<string, unknown>): Promise<CounterStep> {
    return stepOf(await this.#browser.submit(path, form(fields)));
  }

  #certificateFields(read: { readonly certificate: Uint8Array; readonly signature?: Uint8Array }) {
    return toWire(this.#profile.requestFields, {
      certificate: toBase64(read.certificate),
      signature: read.signature && toBase64(read.signature),
    });
  }
}

function stepOf(arrival: Arrival): CounterStep {
  if (arrival.at === "elsewhere") return { step: "back", url: arrival.url };
  if (arrival.at === "error") return { step: "error", status: arrival.status };
  const { attributes } = arrival;
  switch (attributes.get("step")) {
    case "card": {
      const challenge = fromBase64(attributes.get("challenge") ?? "");
      return { step: "card", mode: attributes.get("mode") ?? "", challenge };
    }
    case "consent":
      return { step: "consent" };
    default:
      throw protocolError("the page is none of the platform's");
  }
}

function form(fields: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams(fields as Record<string, string>);
}

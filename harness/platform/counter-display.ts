/**
 * The patron's display (利用者用ディスプレイ) at a counter of MKPF 類型①: the browser that shows MKPF's
 * pages, and the reading software that hands in what it read from the card (platform-facts 1.3).
 *
 * It follows redirects by itself up to the municipal system's own address, where it stops.
 */
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import { CookieJar } from "./cookie-jar.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { isInsecureLoopback } from "./loopback.ts";
import { mkpfRules } from "./mkpf-rules.ts";
import { protocolError } from "./platform-error.ts";

export interface CounterDisplayOptions {
  readonly profile?: MkpfProfile;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 10000. */
  readonly deadline?: number;
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
export interface CounterRegistration {
  readonly certificate: Uint8Array;
  readonly signature: Uint8Array;
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD. */
  readonly birthDate: string;
  readonly sex: string;
}

const MAX_REDIRECTS = 10;

export class CounterDisplay {
  readonly #profile: MkpfProfile;
  readonly #exchange: Exchange;
  readonly #cookies = new CookieJar();
  #page = new URL("about:blank");
  #html = "";

  constructor(options: CounterDisplayOptions = {}) {
    const { profile = DEFAULT_MKPF_PROFILE, sink = () => {}, deadline = 10_000 } = options;
    this.#profile = profile;
    const peer = "MKPF 画面";
    this.#exchange = createExchange({ peer, rules: mkpfRules(profile), sink, deadline });
  }

  /** Opens the authorization request of a municipal system. Every visit starts with this. */
  open(authorizationUrl: URL): Promise<CounterStep> {
    isInsecureLoopback(authorizationUrl);
    return this.#follow(authorizationUrl, { method: "GET" });
  }

  /** The page on the display, as HTML. */
  get html(): string {
    return this.#html;
  }

  handInRegistration(read: CounterRegistration): Promise<CounterStep> {
    const { certificate, signature, ...attributes } = read;
    return this.#post("/card", {
      ...toWire(this.#profile.requestFields, {
        certificate: base64(certificate),
        signature: base64(signature),
      }),
      ...toWire(this.#profile.readingFields, attributes),
    });
  }

  /**
   * かざし利用, first half: hands in the certificate alone.
   *
   * @returns the birth date key (YYMMDD) the card is to be opened with; or where the visit went
   */
  async handInCertificate(
    certificate: Uint8Array,
  ): Promise<{ birthDateKey: string } | CounterStep> {
    const fields = toWire(this.#profile.requestFields, { certificate: base64(certificate) });
    const response = await this.#send(this.#at("/certificate"), fields);
    if (response.status !== 200) return this.#arrive(response, this.#at("/certificate"));
    const answer: unknown = await response.json();
    const { birthDateKey } = fromWire(
      this.#profile.readingFields,
      answer as Record<string, unknown>,
    );
    if (typeof birthDateKey !== "string") throw protocolError("the answer has no birth date key");
    return { birthDateKey };
  }

  /** かざし利用, second half: hands in the result of the card's internal authentication. */
  handInTouch(certificate: Uint8Array, genuine: boolean): Promise<CounterStep> {
    return this.#post("/card", {
      ...toWire(this.#profile.requestFields, { certificate: base64(certificate) }),
      ...toWire(this.#profile.readingFields, { authenticity: genuine ? "genuine" : "failed" }),
    });
  }

  /** Fills in the page's own form, where the platform lends a card reader. */
  pick(card: string, pins: { readonly auth?: string; readonly text?: string } = {}) {
    return this.#post("/pick", { card, auth_pin: pins.auth ?? "", text_pin: pins.text ?? "" });
  }

  decide(decision: "allow" | "decline"): Promise<CounterStep> {
    return this.#post("/consent", { decision });
  }

  cancel(): Promise<CounterStep> {
    return this.#post("/cancel", {});
  }

  #at(path: string): URL {
    return new URL(`${this.#page.pathname}${path}`, this.#page);
  }

  async #post(path: string, fields: Record<string, unknown>): Promise<CounterStep> {
    const url = this.#at(path);
    return this.#arrive(await this.#send(url, fields), url);
  }

  #send(url: URL, fields: Record<string, unknown>): Promise<Response> {
    const body = new URLSearchParams(fields as Record<string, string>);
    return this.#request(url, { method: "POST", body });
  }

  async #follow(url: URL, request: { method: string }): Promise<CounterStep> {
    return this.#arrive(await this.#request(url, request), url);
  }

  async #arrive(first: Response, from: URL): Promise<CounterStep> {
    let response = first;
    let url = from;
    for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) {
      const location = response.headers.get("location");
      if (location === null) return this.#look(response, url);
      const next = new URL(location, url);
      if (next.origin !== from.origin) return { step: "back", url: next };
      url = next;
      response = await this.#request(url, { method: "GET" });
    }
    throw protocolError(`more than ${MAX_REDIRECTS} redirects`);
  }

  async #look(response: Response, url: URL): Promise<CounterStep> {
    if (response.status !== 200) return { step: "error", status: response.status };
    this.#html = await response.text();
    const attributes = mainAttributes(this.#html);
    this.#page = new URL(attributes.get("base") ?? url.pathname, url);
    switch (attributes.get("step")) {
      case "card": {
        const challenge = new Uint8Array(Buffer.from(attributes.get("challenge") ?? "", "base64"));
        return { step: "card", mode: attributes.get("mode") ?? "", challenge };
      }
      case "consent":
        return { step: "consent" };
      default:
        throw protocolError("the page is none of the platform's");
    }
  }

  async #request(
    url: URL,
    request: { readonly method: string; readonly body?: URLSearchParams },
  ): Promise<Response> {
    const headers = { accept: "text/html", ...this.#cookies.header() };
    const response = await this.#exchange(url.href, { ...request, headers });
    this.#cookies.take(response);
    return response;
  }
}

/** `data-` attributes of the page's `main`, which are made for software to read. */
function mainAttributes(page: string): Map<string, string> {
  const [, attributes = ""] = /<main ([^>]*)>/.exec(page) ?? [];
  const pairs = attributes.matchAll(/data-([a-z]+)="([^"]*)"/g);
  return new Map([...pairs].map(([, name = "", value = ""]) => [name, value]));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

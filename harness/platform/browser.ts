/**
 * A browser window as far as the pages of a platform need one: cookies, forms, and redirects followed
 * up to the relying party's own address, where it stops.
 */
import { CookieJar } from "./cookie-jar.ts";
import type { Exchange } from "./exchange.ts";
import { protocolError } from "./platform-error.ts";
import { requireSafeAddress } from "./safe-address.ts";

export type Arrival =
  /** A page of the platform, by the `data-` attributes of its `main`. */
  | { readonly at: "page"; readonly attributes: ReadonlyMap<string, string> }
  /** The platform sent the browser away, with its answer in the query. */
  | { readonly at: "elsewhere"; readonly url: URL }
  | { readonly at: "error"; readonly status: number };

const MAX_REDIRECTS = 10;

export class Browser {
  readonly #exchange: Exchange;
  readonly #cookies = new CookieJar();
  #page = new URL("about:blank");
  #html = "";

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The page on the screen. */
  get html(): string {
    return this.#html;
  }

  /** Where the page on the screen stands. */
  get address(): URL {
    return new URL(this.#page);
  }

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine */
  open(url: URL): Promise<Arrival> {
    requireSafeAddress(url);
    return this.#follow(url, { method: "GET" });
  }

  /**
   * Posts a form, and goes where that leads.
   *
   * @param path below the address of the page, or nothing for the page itself
   */
  submit(path: string, fields: URLSearchParams): Promise<Arrival> {
    return this.#follow(this.#at(path), { method: "POST", body: fields });
  }

  /** Posts a form and gives the bare answer, as software behind the page does. */
  async post(path: string, fields: URLSearchParams): Promise<Response | Arrival> {
    const url = this.#at(path);
    const response = await this.#request(url, { method: "POST", body: fields });
    return response.status === 200 ? response : this.#arrive(response, url);
  }

  #at(path: string): URL {
    return new URL(`${this.#page.pathname}${path}`, this.#page);
  }

  async #follow(url: URL, request: BrowserRequest): Promise<Arrival> {
    return this.#arrive(await this.#request(url, request), url);
  }

  async #arrive(first: Response, from: URL): Promise<Arrival> {
    let response = first;
    let url = from;
    for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) {
      const location = response.headers.get("location");
      if (location === null) return this.#look(response, url);
      const next = new URL(location, url);
      if (next.origin !== from.origin) return { at: "elsewhere", url: next };
      url = next;
      response = await this.#request(url, { method: "GET" });
    }
    throw protocolError(`more than ${MAX_REDIRECTS} redirects`);
  }

  async #look(response: Response, url: URL): Promise<Arrival> {
    if (response.status !== 200) return { at: "error", status: response.status };
    this.#html = await response.text();
    const attributes = mainAttributes(this.#html);
    this.#page = new URL(attributes.get("base") ?? url.pathname, url);
    return { at: "page", attributes };
  }

  async #request(url: URL, request: BrowserRequest): Promise<Response> {
    const headers = { accept: "text/html", ...this.#cookies.header() };
    const response = await this.#exchange(url.href, { ...request, headers });
    this.#cookies.take(response);
    return response;
  }
}

interface BrowserRequest {
  readonly method: string;
  readonly body?: URLSearchParams;
}

/** `data-` attributes of the page's `main`, which are made for software to read. */
function mainAttributes(html: string): ReadonlyMap<string, string> {
  const [, attributes = ""] = /<main ([^>]*)>/.exec(html) ?? [];
  const pairs = attributes.matchAll(/data-([a-z]+)="([^"]*)"/g);
  return new Map([...pairs].map(([, name = "", value = ""]) => [name, value]));
}

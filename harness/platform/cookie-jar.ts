/**
 * The cookies of one browser window that talks to one platform (RFC 6265). Domains and paths are not
 * told apart: there is one server, and one visit at a time.
 */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  header(): { cookie?: string } {
    if (this.#cookies.size === 0) return {};
    const pairs = [...this.#cookies].map(([name, value]) => `${name}=${value}`);
    return { cookie: pairs.join("; ") };
  }

  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const [name = "", ...value] = pair.split("=");
      if (isOver(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, value.join("="));
    }
  }
}

function isOver(attributes: readonly string[]): boolean {
  const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8);
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

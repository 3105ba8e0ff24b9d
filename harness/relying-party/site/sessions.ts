/**
 * Who is at which browser: a cookie with a number nobody can guess, and what the server remembers
 * under it (RFC 6265). Cookies do not tell ports apart, so every site names its own.
 */
import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

export interface SessionsOptions<Content> {
  /** Of the cookie. */
  readonly name: string;
  readonly now: () => Date;
  /** How long a session may lie still. Default 1800. */
  readonly seconds?: number;
  /** What a new one holds. */
  readonly fresh: () => Content;
}

export interface Session<Content> {
  readonly id: string;
  readonly content: Content;
}

interface Kept<Content> extends Session<Content> {
  until: number;
}

export class Sessions<Content> {
  readonly #options: SessionsOptions<Content>;
  readonly #kept = new Map<string, Kept<Content>>();

  constructor(options: SessionsOptions<Content>) {
    this.#options = options;
  }

  /** The session of a browser; a new one for a browser that has none, or was away too long. */
  of(request: FastifyRequest, reply: FastifyReply): Session<Content> {
    this.#forgetOld();
    const known = this.#kept.get(this.#shown(request));
    if (known === undefined) return this.begin(reply);
    known.until = this.#end();
    return known;
  }

  /** Another session, whatever there was: after a login the number is one that nobody knew before. */
  begin(reply: FastifyReply, content = this.#options.fresh()): Session<Content> {
    const session = { id: randomBytes(24).toString("base64url"), content, until: this.#end() };
    this.#kept.set(session.id, session);
    const { name } = this.#options;
    // Lax, because a platform sends the browser back from another site.
    void reply.header("set-cookie", `${name}=${session.id}; Path=/; HttpOnly; SameSite=Lax`);
    return session;
  }

  end({ id }: Session<Content>): void {
    this.#kept.delete(id);
  }

  #shown({ headers }: FastifyRequest): string {
    const pairs = (headers.cookie ?? "").split(/; */).map((pair) => pair.split("="));
    return pairs.find(([name]) => name === this.#options.name)?.[1] ?? "";
  }

  #end(): number {
    return this.#options.now().getTime() + (this.#options.seconds ?? 1800) * 1000;
  }

  #forgetOld(): void {
    const now = this.#options.now().getTime();
    for (const [id, { until }] of this.#kept) if (until <= now) this.#kept.delete(id);
  }
}

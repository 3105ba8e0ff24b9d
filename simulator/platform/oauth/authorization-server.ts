/**
 * One authorization server of an emulated platform: oidc-provider with what every platform wants the
 * same way, and its mounting inside Fastify.
 *
 * Standards: OAuth 2.0 (RFC 6749), bearer tokens (RFC 6750), private_key_jwt (RFC 7523). Protocol time
 * (`exp` of an assertion, of an ID token) is the machine's, because the client under test lives by it;
 * codes and tokens age by the lab's clock as well (see memory-adapter.ts).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyPluginAsync } from "fastify";
import type { ClientMetadata, Configuration, JWK } from "oidc-provider";
import type { Clock } from "../../clock.ts";
import { toHex } from "../../iso7816/index.ts";
import type { Random } from "../../random.ts";
import { MemoryStore } from "./memory-adapter.ts";
import { Provider } from "./provider-library.ts";
import type { ServerState } from "./server-state.ts";
import { newSigningKey, type SigningAlgorithm, type SigningKey } from "./signing-keys.ts";

export interface AuthorizationServerOptions {
  /** Asked once, at the first request: with an ephemeral port it is not known before. */
  readonly issuer: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly accessTokenSeconds: number;
  readonly findClient: (clientId: string) => ClientMetadata | undefined;
  /** Told of every answer of the token endpoint: `granted`, or the OAuth error code. */
  readonly onToken: (clientId: string | undefined, outcome: string) => void;
  /** May change a successful answer of the token endpoint, ID token included, about this account. */
  readonly alterTokens?: (
    answer: Record<string, unknown>,
    accountId: string | undefined,
  ) => Promise<void>;
  /** What goes beside the code in an authorization answer. */
  readonly besideCode?: () => Readonly<Record<string, string>>;
  /** What it can sign with; ES256 alone when absent. */
  readonly algorithms?: readonly SigningAlgorithm[];
  /** Of a server that is opened again. */
  readonly state?: ServerState;
  /** What the platform adds or changes. */
  readonly configuration: Configuration;
}

/** What an access token entitles to, once it has been found good. */
export interface Grantee {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** Whom the token speaks about; absent for client credentials. */
  readonly accountId?: string;
}

export class AuthorizationServer {
  readonly #options: AuthorizationServerOptions;
  readonly #store: MemoryStore;
  readonly #cookieKey: string;
  readonly #algorithms: readonly SigningAlgorithm[];
  /** The newest first; none before somebody asks, because an RSA key takes its time. */
  #keys: readonly SigningKey[];
  #provider: Provider | undefined;
  #handle: ReturnType<Provider["callback"]> | undefined;

  constructor(options: AuthorizationServerOptions) {
    this.#options = options;
    const { findClient, clock, algorithms = ["ES256"], state } = options;
    this.#store = new MemoryStore(findClient, clock, state?.records);
    this.#algorithms = algorithms;
    this.#keys = state?.keys ?? [];
    this.#cookieKey = toHex(options.random.bytes(32));
  }

  get provider(): Provider {
    this.#provider ??= createProvider(this.#options, {
      adapter: this.#store.adapter,
      cookies: { keys: [this.#cookieKey] },
      jwks: { keys: this.#readyKeys().map((key) => key as JWK) },
    });
    return this.#provider;
  }

  /** The private key ID tokens are signed with at present. */
  signingKey(algorithm: SigningAlgorithm): SigningKey {
    const newest = this.#readyKeys().find(({ alg }) => alg === algorithm);
    return newest ?? newSigningKey(algorithm);
  }

  /**
   * Signs with new keys from now on. Those before stay published, unless `forget`: then a relying
   * party that kept the old key set meets a key id it cannot find.
   */
  rotateKeys({ forget = false } = {}): void {
    const old = forget ? [] : this.#readyKeys().slice(0, this.#algorithms.length);
    this.#keys = [...this.#algorithms.map(newSigningKey), ...old];
    this.#provider = undefined;
    this.#handle = undefined;
  }

  /** Takes back a grant, and every token that came of it (RFC 7009 section 2.1). */
  async revokeGrant(grantId: string): Promise<void> {
    await (await this.provider.Grant.find(grantId))?.destroy();
    await this.#store.adapter("AccessToken").revokeByGrantId(grantId);
  }

  /** Plain data, for `AuthorizationServerOptions.state`. */
  state(): ServerState {
    return { keys: [...this.#readyKeys()], records: this.#store.written() };
  }

  #readyKeys(): readonly SigningKey[] {
    if (this.#keys.length === 0) this.#keys = this.#algorithms.map(newSigningKey);
    return this.#keys;
  }

  /** @returns undefined for a token that is unknown, revoked or past its time (RFC 6750 invalid_token) */
  async authenticate(accessToken: string): Promise<Grantee | undefined> {
    const token =
      (await this.provider.ClientCredentials.find(accessToken)) ??
      (await this.provider.AccessToken.find(accessToken));
    if (token?.clientId === undefined) return undefined;
    const grantee = { clientId: token.clientId, scopes: token.scopes };
    return "accountId" in token ? { ...grantee, accountId: token.accountId } : grantee;
  }

  /**
   * Mounts all endpoints as the fallback of the surrounding Fastify instance: what no other route
   * takes goes to the authorization server as a raw Node.js request.
   */
  readonly plugin: FastifyPluginAsync = async (app) => {
    // The body must reach oidc-provider unread.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, _payload, done) => done(null));
    app.all("/*", (request, reply) => {
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      return this.#serve(request.raw, reply.raw);
    });
  };

  /** An issuer may have a path; its endpoints are routed without it, as under any mounting server. */
  #serve(request: IncomingMessage & { originalUrl?: string }, response: ServerResponse) {
    const { pathname } = new URL(this.provider.issuer);
    const { url = "/" } = request;
    if (pathname !== "/" && url.startsWith(`${pathname}/`)) {
      request.originalUrl = url;
      request.url = url.slice(pathname.length);
    }
    this.#handle ??= this.provider.callback();
    return this.#handle(request, response);
  }
}

function createProvider(
  options: AuthorizationServerOptions,
  own: Pick<Configuration, "adapter" | "cookies" | "jwks">,
): Provider {
  const { issuer, accessTokenSeconds, configuration } = options;
  const provider = new Provider(issuer(), {
    clientAuthMethods: ["private_key_jwt"],
    clientBasedCORS: () => false,
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    expiresWithSession: () => false,
    // A rejected request must not be answered with a page of the library's making.
    renderError: (ctx, out) => {
      ctx.body = out;
    },
    ...configuration,
    ...own,
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      ...configuration.ttl,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      ...configuration.features,
    },
  });
  // Koa prints the errors of an application without a listener.
  provider.silent = true;
  provider.on("authorization.success", ({ oidc }) => forget(oidc.session));
  const { onToken, alterTokens, besideCode } = options;
  provider.on("grant.success", (ctx) => onToken(ctx.oidc.client?.clientId, "granted"));
  provider.on("grant.error", (ctx, error) => onToken(ctx.oidc.client?.clientId, error.error));
  if (alterTokens !== undefined) {
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.oidc?.route !== "token" || ctx.status !== 200) return;
      await alterTokens(ctx.body, ctx.oidc.account?.accountId);
    });
  }
  if (besideCode !== undefined) {
    provider.use(async (ctx, next) => {
      await next();
      const location = ctx.response.get("location");
      if (!URL.canParse(location) || !new URL(location).searchParams.has("code")) return;
      ctx.response.set("location", `${location}&${new URLSearchParams(besideCode())}`);
    });
  }
  return provider;
}

/**
 * Nobody stays logged in: a card is read for every single authorization, and one browser may serve
 * one person after another. A session marked so is neither stored nor sent as a cookie.
 */
function forget(session: object | undefined): void {
  if (session !== undefined) Object.assign(session, { destroyed: true });
}

/**
 * A service (RP) that uses デジタル認証アプリサービス: 認証API for people, 署名API for documents
 * (platform-facts section 4). OpenID Connect is done by openid-client, which checks issuer, audience,
 * nonce, signature and end of every ID token; at_hash and iat are checked in digital-auth-id-token.ts.
 */
import type { JWK } from "jose";
import type { Configuration } from "openid-client";
import {
  DEFAULT_DIGITAL_AUTH_PROFILE,
  type DigitalAuthProfile,
} from "../../simulator/platform/digital-auth-app/profile.ts";
import { toWire } from "../../simulator/platform/wire.ts";
import {
  askUserinfo,
  beginAuthorization,
  finishAuthorization,
  type PendingAuthorization,
  refreshTokens,
  type Tokens,
} from "./authorization-code.ts";
import { requireAccessTokenHash, requireIssuedInThePast } from "./digital-auth-id-token.ts";
import { KeySetMemory } from "./digital-auth-keys.ts";
import { digitalAuthRules } from "./digital-auth-rules.ts";
import {
  fetchSignature,
  type SignedDocument,
  type SigningParts,
  startSignature,
} from "./digital-auth-signing.ts";
import { createExchange, type HttpTraceSink } from "./exchange.ts";
import {
  createOAuthConfiguration,
  type OAuthClientOptions,
  type SpoilAssertion,
} from "./oauth-configuration.ts";
import { OAuthSession } from "./oauth-session.ts";

export interface DigitalAuthClientOptions {
  /** `https://sb-auth-and-sign.go.jp`, or the emulator's origin. */
  readonly origin: string;
  readonly clientId: string;
  readonly privateKey: JWK;
  readonly redirectUri: string;
  /** 署名API: opens the JWE certificates come in. */
  readonly signResultKey?: JWK;
  readonly profile?: DigitalAuthProfile;
  readonly peer?: string;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 10000. */
  readonly deadline?: number;
  /** PEM of the one CA to believe, instead of those that Node.js knows. */
  readonly ca?: string | undefined;
  readonly spoilAssertion?: SpoilAssertion;
}

export interface DigitalAuthWish {
  /** Any of name, address, birthdate and gender. */
  readonly attributes?: readonly ("name" | "address" | "birthdate" | "gender")[];
  /** For example `aal3 crl`. */
  readonly acrValues?: string;
  readonly signTransactionId?: string;
  /** Choices for the emulator's screen made in advance, so that no page is shown. */
  readonly testResponse?: {
    readonly card: string;
    readonly outcome?: string;
    readonly consent?: readonly string[];
  };
}

export interface DigitalAuthUser {
  readonly sub: string;
  /** The userinfo answer as it came. Never trace it. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly tokens: Tokens;
}

type Assertion = Record<string, unknown>;

/** Methods reject with a `PlatformError`. */
export class DigitalAuthClient {
  readonly #options: DigitalAuthClientOptions;
  readonly #profile: DigitalAuthProfile;
  readonly #oauth: OAuthClientOptions;
  readonly #configuration: Configuration;
  readonly #signing: SigningParts;
  readonly #keys = new KeySetMemory();

  private constructor(
    options: DigitalAuthClientOptions,
    profile: DigitalAuthProfile,
    oauth: OAuthClientOptions,
    configuration: Configuration,
  ) {
    this.#options = options;
    this.#profile = profile;
    this.#oauth = oauth;
    this.#configuration = configuration;
    this.#signing = {
      origin: options.origin,
      profile,
      exchange: oauth.exchange,
      session: new OAuthSession(configuration, profile.scopes.sign),
      sealingKey: options.signResultKey,
    };
  }

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine, or an unusable key */
  static async create(options: DigitalAuthClientOptions): Promise<DigitalAuthClient> {
    const { profile = DEFAULT_DIGITAL_AUTH_PROFILE, sink = () => {}, deadline = 10_000 } = options;
    const rules = digitalAuthRules(profile);
    const peer = options.peer ?? "デジタル認証アプリ";
    const exchange = createExchange({ peer, rules, sink, deadline, ca: options.ca });
    const { issuer, authorization, token, userinfo, jwks } = profile.paths;
    const below = (path: string) => `${issuer}${path}`;
    const oauth = {
      ...options,
      issuer: new URL(issuer, options.origin),
      tokenPath: below(token),
      spoilAssertion: (header: Assertion, claims: Assertion) => {
        claims.aud = new URL(below(token), options.origin).href;
        options.spoilAssertion?.(header, claims);
      },
      openid: {
        authorization: below(authorization),
        userinfo: below(userinfo),
        jwks: below(jwks),
      },
      exchange,
    };
    const configuration = await createOAuthConfiguration(oauth);
    return new DigitalAuthClient(options, profile, oauth, configuration);
  }

  async begin(wish: DigitalAuthWish = {}): Promise<PendingAuthorization> {
    const { redirectUri } = this.#options;
    const parameters = { redirect_uri: redirectUri, ...this.#wished(wish) };
    return beginAuthorization(this.#configuration, parameters);
  }

  /** @param answer the address the browser was sent back to */
  async finish(answer: URL, pending: PendingAuthorization): Promise<DigitalAuthUser> {
    const configuration = await createOAuthConfiguration(this.#oauth);
    this.#keys.lend(configuration);
    const { idToken, tokens } = await finishAuthorization(configuration, answer, pending).finally(
      () => this.#keys.keep(configuration),
    );
    requireAccessTokenHash(idToken, tokens.accessToken);
    requireIssuedInThePast(idToken);
    return this.#meet(idToken.sub, tokens);
  }

  async refresh({ sub, tokens }: DigitalAuthUser): Promise<DigitalAuthUser> {
    return this.#meet(sub, await refreshTokens(this.#configuration, tokens));
  }

  /** Asks for the claims again, as long as the access token lasts. */
  userinfo({ sub, tokens }: DigitalAuthUser): Promise<DigitalAuthUser> {
    return this.#meet(sub, tokens);
  }

  /**
   * 署名API, first step: hands in what is to be signed.
   *
   * @param hash SHA-256 of the document; or a DigestInfo, with the format that says so
   * @returns the transaction id for `begin`
   */
  startSignature(hash: Uint8Array, format: "digest" | "digestInfo" = "digest"): Promise<string> {
    return startSignature(this.#signing, hash, format);
  }

  /** 署名API, last step. Whether the signature fits the document is for the caller to check. */
  signResult(transactionId: string, { tokens }: DigitalAuthUser): Promise<SignedDocument> {
    return fetchSignature(this.#signing, transactionId, tokens);
  }

  #wished({ attributes = [], acrValues, signTransactionId, testResponse }: DigitalAuthWish) {
    const { scopes, parameters } = this.#profile;
    const sign = signTransactionId === undefined ? [] : [scopes.sign];
    const wished = ["openid", ...attributes.map((name) => scopes[name]), ...sign];
    return {
      scope: wished.join(" "),
      ...(acrValues === undefined ? {} : { acr_values: acrValues }),
      ...(toWire(parameters, {
        signTransactionId,
        testCard: testResponse?.card,
        outcome: testResponse?.outcome,
        // An empty list would say nothing; openid is agreed to in any case.
        consent: testResponse?.consent && ["openid", ...testResponse.consent].join(","),
      }) as Record<string, string>),
    };
  }

  async #meet(sub: string, tokens: Tokens): Promise<DigitalAuthUser> {
    return { sub, claims: await askUserinfo(this.#configuration, tokens, sub), tokens };
  }
}

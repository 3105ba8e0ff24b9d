/**
 * A service (RP) that uses デジタル認証アプリサービス: 認証API for people, 署名API for documents
 * (platform-facts section 4). OpenID Connect is done by openid-client, which checks issuer, audience,
 * nonce, signature and end of every ID token; at_hash and iat are checked in digital-auth-id-token.ts.
 */
import { compactDecrypt, importJWK, type JWK } from "jose";
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
} from "openid-client";
import type { StatusEvidence } from "../../simulator/pki/index.ts";
import {
  DEFAULT_DIGITAL_AUTH_PROFILE,
  type DigitalAuthProfile,
} from "../../simulator/platform/digital-auth-app/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import { readObject, readRevocationData, readText } from "./answer-fields.ts";
import { requireAccessTokenHash, requireIssuedInThePast } from "./digital-auth-id-token.ts";
import { KeySetMemory } from "./digital-auth-keys.ts";
import { digitalAuthRules } from "./digital-auth-rules.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import {
  asPlatformError,
  createOAuthConfiguration,
  type OAuthClientOptions,
  OAuthSession,
  type SpoilAssertion,
} from "./oauth-session.ts";
import { protocolError } from "./platform-error.ts";

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

export interface PendingAuthorization {
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface DigitalAuthUser {
  readonly sub: string;
  /** The userinfo answer as it came. Never trace it. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly tokens: { readonly accessToken: string; readonly refreshToken?: string };
}

export interface SignedDocument {
  readonly signature: Uint8Array;
  /** 署名用 certificate, DER. */
  readonly certificate: Uint8Array;
  readonly evidence: StatusEvidence;
}

type Assertion = Record<string, unknown>;

/** Methods reject with a `PlatformError`. */
export class DigitalAuthClient {
  readonly #options: DigitalAuthClientOptions;
  readonly #profile: DigitalAuthProfile;
  readonly #oauth: OAuthClientOptions;
  readonly #exchange: Exchange;
  readonly #configuration: Configuration;
  readonly #session: OAuthSession;
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
    this.#exchange = oauth.exchange;
    this.#configuration = configuration;
    this.#session = new OAuthSession(configuration, profile.scopes.sign);
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
    const state = randomState();
    const nonce = randomNonce();
    const codeVerifier = randomPKCECodeVerifier();
    const url = buildAuthorizationUrl(this.#configuration, {
      redirect_uri: this.#options.redirectUri,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
      ...this.#wished(wish),
    });
    return { url, state, nonce, codeVerifier };
  }

  /** @param answer the address the browser was sent back to */
  async finish(answer: URL, pending: PendingAuthorization): Promise<DigitalAuthUser> {
    const { state, nonce, codeVerifier } = pending;
    const configuration = await createOAuthConfiguration(this.#oauth);
    this.#keys.lend(configuration);
    const granted = await asPlatformError(() =>
      authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      }),
    ).finally(() => this.#keys.keep(configuration));
    const idToken = granted.claims();
    if (idToken === undefined) throw protocolError("the answer has no ID token");
    requireAccessTokenHash(idToken, granted.access_token);
    requireIssuedInThePast(idToken);
    return this.#meet(idToken.sub, granted.access_token, granted.refresh_token);
  }

  async refresh({ sub, tokens }: DigitalAuthUser): Promise<DigitalAuthUser> {
    const { refreshToken } = tokens;
    if (refreshToken === undefined) throw protocolError("the platform gave no refresh token");
    const granted = await asPlatformError(() =>
      refreshTokenGrant(this.#configuration, refreshToken),
    );
    return this.#meet(sub, granted.access_token, granted.refresh_token);
  }

  /** Asks for the claims again, as long as the access token lasts. */
  userinfo({ sub, tokens }: DigitalAuthUser): Promise<DigitalAuthUser> {
    return this.#meet(sub, tokens.accessToken, tokens.refreshToken);
  }

  /**
   * 署名API, first step: hands in what is to be signed.
   *
   * @param hash SHA-256 of the document; or a DigestInfo, with the format that says so
   * @returns the transaction id for `begin`
   */
  async startSignature(hash: Uint8Array, format: "digest" | "digestInfo" = "digest") {
    const { paths, signFields, hashFormats } = this.#profile;
    const answer = await this.#session.withToken((accessToken) =>
      askJson(this.#exchange, {
        url: new URL(paths.signTransactions, this.#options.origin),
        headers: { authorization: `Bearer ${accessToken}` },
        body: toWire(signFields, {
          hash: Buffer.from(hash).toString("base64"),
          hashFormat: hashFormats[format],
        }),
        errorField: signFields.error,
      }),
    );
    return readText(fromWire(signFields, readObject(answer, "answer")).id, "transaction id");
  }

  /** 署名API, last step. Whether the signature fits the document is for the caller to check. */
  async signResult(transactionId: string, { tokens }: DigitalAuthUser): Promise<SignedDocument> {
    const { paths, signFields } = this.#profile;
    const answer = await askJson(this.#exchange, {
      url: new URL(`${paths.signTransactions}/${transactionId}/result`, this.#options.origin),
      headers: { authorization: `Bearer ${tokens.accessToken}` },
      errorField: signFields.error,
    });
    const fields = fromWire(signFields, readObject(answer, "answer"));
    const jwe = readText(fields.certificateJwe, "certificate");
    return {
      signature: new Uint8Array(Buffer.from(readText(fields.signature, "signature"), "base64")),
      certificate: await this.#unseal(jwe),
      evidence: readRevocationData(this.#profile, fields.evidence),
    };
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

  async #meet(sub: string, accessToken: string, refreshToken?: string): Promise<DigitalAuthUser> {
    const claims = await asPlatformError(() =>
      fetchUserInfo(this.#configuration, accessToken, sub),
    );
    const tokens = refreshToken === undefined ? { accessToken } : { accessToken, refreshToken };
    return { sub, claims, tokens };
  }

  async #unseal(jwe: string): Promise<Uint8Array> {
    const key = this.#options.signResultKey;
    if (key === undefined) throw protocolError("there is no key to open the certificate with");
    const alg = key.kty === "RSA" ? "RSA-OAEP-256" : "ECDH-ES";
    try {
      const { plaintext } = await compactDecrypt(jwe, await importJWK(key, alg));
      return plaintext;
    } catch (cause) {
      throw protocolError("the certificate's JWE cannot be opened", cause);
    }
  }
}

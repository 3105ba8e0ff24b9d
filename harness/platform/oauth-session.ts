/**
 * A municipal system's standing with an authorization server: its key, and the access token it holds.
 * Client credentials (RFC 6749 section 4.4) with private_key_jwt (RFC 7523), done by openid-client.
 */
import { importJWK, type JWK } from "jose";
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  ClientError,
  Configuration,
  clientCredentialsGrant,
  customFetch,
  enableNonRepudiationChecks,
  modifyAssertion,
  PrivateKeyJwt,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client";
import { BenchError } from "../errors.ts";
import type { Exchange } from "./exchange.ts";
import { isInsecureLoopback } from "./loopback.ts";
import { PlatformError, protocolError } from "./platform-error.ts";

/** Changes a client assertion before it is signed: for scenarios that want to be refused. */
export type SpoilAssertion = (
  header: Record<string, unknown>,
  claims: Record<string, unknown>,
) => void;

export interface OAuthClientOptions {
  readonly issuer: URL;
  readonly tokenPath: string;
  readonly clientId: string;
  /** Private key as JWK: EC P-256 (ES256) or RSA (RS256). */
  readonly privateKey: JWK;
  readonly exchange: Exchange;
  /** Paths needed beyond the token endpoint when people are involved (OpenID Connect). */
  readonly openid?: {
    readonly authorization: string;
    readonly jwks: string;
    readonly userinfo: string;
  };
  readonly spoilAssertion?: SpoilAssertion;
}

/**
 * The server as openid-client knows it, key set included: one made anew fetches the keys anew, so a
 * rotation in between goes unnoticed.
 *
 * @throws BenchError CONFIG_INVALID for an unusable key or address
 */
export async function createOAuthConfiguration(options: OAuthClientOptions) {
  const { issuer, clientId } = options;
  const insecure = isInsecureLoopback(issuer);
  const configuration = new Configuration(
    serverMetadata(options),
    clientId,
    { id_token_signed_response_alg: "ES256" },
    await clientAuthentication(options),
  );
  configuration[customFetch] = (url, { method, headers, body }) =>
    options.exchange(url, {
      method,
      headers,
      ...(typeof body === "string" || body instanceof URLSearchParams ? { body } : {}),
    });
  if (insecure) allowInsecureRequests(configuration);
  // Without this an ID token that came over TLS would be believed unsigned.
  if (options.openid !== undefined) enableNonRepudiationChecks(configuration);
  return configuration;
}

function serverMetadata({ issuer, tokenPath, openid }: OAuthClientOptions) {
  const at = (path: string) => new URL(path, issuer).href;
  const server = { issuer: issuer.href.replace(/\/$/, ""), token_endpoint: at(tokenPath) };
  if (openid === undefined) return server;
  return {
    ...server,
    authorization_endpoint: at(openid.authorization),
    jwks_uri: at(openid.jwks),
    userinfo_endpoint: at(openid.userinfo),
  };
}

/** Access tokens for one scope, kept while they last. */
export class OAuthSession {
  readonly #configuration: Configuration;
  readonly #scope: string;
  #token: { readonly value: string; readonly usableUntil: number } | undefined;

  constructor(configuration: Configuration, scope: string) {
    this.#configuration = configuration;
    this.#scope = scope;
  }

  /**
   * Runs `use` with an access token. When the platform finds the token too old after all, once more
   * with a new one, so that a long session at a counter goes on without the user (MK-18).
   */
  async withToken<Answer>(use: (accessToken: string) => Promise<Answer>): Promise<Answer> {
    const held = this.#token?.value;
    const token = await this.#accessToken();
    try {
      return await use(token);
    } catch (error) {
      if (token !== held || !isTokenTooOld(error)) throw error;
      this.#token = undefined;
      return use(await this.#accessToken());
    }
  }

  async #accessToken(): Promise<string> {
    if (this.#token !== undefined && performance.now() < this.#token.usableUntil) {
      return this.#token.value;
    }
    const answer = await asPlatformError(() =>
      clientCredentialsGrant(this.#configuration, { scope: this.#scope }),
    );
    const seconds = answer.expires_in ?? 0;
    this.#token = {
      value: answer.access_token,
      usableUntil: performance.now() + seconds * 1000,
    };
    return answer.access_token;
  }
}

/** Runs a call into openid-client and tells its failures apart in our own words. */
export async function asPlatformError<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): Error {
  if (error instanceof BenchError) return error;
  if (error instanceof ResponseBodyError) {
    const { status, error: refusal } = error;
    const message = `the authorization server refused: ${refusal}`;
    return new PlatformError("PLATFORM_REFUSED", message, { status, refusal, cause: error });
  }
  if (error instanceof AuthorizationResponseError) {
    const { error: refusal, error_description: detail } = error;
    const message = `the platform sent the person back: ${refusal}`;
    return new PlatformError("PLATFORM_REFUSED", message, { refusal, detail, cause: error });
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    const { status, cause } = error;
    const refusal = cause[0]?.parameters.error;
    const message = `the platform did not accept the access token: ${refusal ?? status}`;
    return new PlatformError("PLATFORM_REFUSED", message, { status, refusal, cause: error });
  }
  // openid-client wraps what its fetch throws.
  if (error instanceof ClientError && error.cause instanceof BenchError) return error.cause;
  return protocolError("the authorization server's answer is not OAuth", error);
}

async function clientAuthentication({ privateKey, spoilAssertion }: OAuthClientOptions) {
  const alg = privateKey.alg ?? (privateKey.kty === "RSA" ? "RS256" : "ES256");
  const key = await importJWK(privateKey, alg).catch((cause: unknown) => {
    throw new BenchError("CONFIG_INVALID", "the client's private key cannot be used", { cause });
  });
  if (key instanceof Uint8Array) {
    throw new BenchError("CONFIG_INVALID", "the client's key is not an asymmetric private key");
  }
  const identified = privateKey.kid === undefined ? { key } : { key, kid: privateKey.kid };
  return PrivateKeyJwt(identified, {
    [modifyAssertion]: (header, claims) => spoilAssertion?.(header, claims),
  });
}

function isTokenTooOld(error: unknown): boolean {
  return (
    error instanceof PlatformError && error.code === "PLATFORM_REFUSED" && error.status === 401
  );
}

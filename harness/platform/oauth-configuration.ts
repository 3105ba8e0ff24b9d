/**
 * An authorization server as openid-client knows it, and how a system proves to it who it is: by
 * private_key_jwt (RFC 7523).
 */
import { importJWK, type JWK } from "jose";
import {
  allowInsecureRequests,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  modifyAssertion,
  PrivateKeyJwt,
} from "openid-client";
import { BenchError } from "../errors.ts";
import type { Exchange } from "./exchange.ts";
import { requireSafeAddress } from "./safe-address.ts";

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
  requireSafeAddress(issuer);
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
  if (issuer.protocol === "http:") allowInsecureRequests(configuration);
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

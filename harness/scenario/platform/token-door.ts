/**
 * The token endpoint of デジタル認証アプリ as somebody meets it who writes client assertions by hand
 * (RFC 7523 section 3): rightly, or in all the ways that have to be refused.
 */
import { importJWK, type JWTPayload, SignJWT } from "jose";
import { digitalAuthRules } from "../../platform/digital-auth-rules.ts";
import { createExchange } from "../../platform/exchange.ts";
import type { ClientKey, HttpTraceSink } from "../../platform/index.ts";
import type { DigitalAuthAt } from "./digital-service.ts";

const BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What is other than it should be. */
export interface AssertionSpoils {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: JWTPayload;
  /** Default the service's own. */
  readonly key?: ClientKey;
  /** `none`: unsigned. `HS256`: signed with the public key as if it were a shared secret. */
  readonly algorithm?: "none" | "HS256";
}

export interface TokenAnswer {
  readonly status: number;
  /** OAuth error code; absent from a grant. */
  readonly error?: string;
}

export interface TokenDoor {
  /** One assertion, good for five minutes if it is not spoilt. */
  assertion(spoils?: AssertionSpoils): Promise<string>;
  /** Asks for a token by client credentials. */
  knock(assertion: string): Promise<TokenAnswer>;
}

export function tokenDoor(
  { platform, origin }: DigitalAuthAt,
  { clientId, key: own }: { readonly clientId: string; readonly key: ClientKey },
  sink: HttpTraceSink,
): TokenDoor {
  const { profile } = platform;
  const { issuer, token } = profile.paths;
  const endpoint = `${origin}${issuer}${token}`;
  const rules = digitalAuthRules(profile);
  const exchange = createExchange({ peer: "デジタル認証アプリ", rules, sink, deadline: 10_000 });
  const claimsNow = (): JWTPayload => {
    const iat = Math.floor(Date.now() / 1000);
    const jti = crypto.randomUUID();
    return { iss: clientId, sub: clientId, aud: endpoint, jti, iat, exp: iat + 300 };
  };
  return {
    assertion: async ({ header = {}, claims = {}, key = own, algorithm } = {}) => {
      const alg = algorithm ?? "ES256";
      const parts = [
        { alg, kid: String(own.publicJwk.kid), ...header },
        { ...claimsNow(), ...claims },
      ] as const;
      if (algorithm === "none") return `${parts.map(base64url).join(".")}.`;
      return new SignJWT(parts[1])
        .setProtectedHeader(parts[0])
        .sign(algorithm === "HS256" ? sharedSecret(own) : await importJWK(key.privateKey, "ES256"));
    },
    knock: async (assertion) => {
      const body = new URLSearchParams({
        grant_type: "client_credentials",
        scope: profile.scopes.sign,
        client_assertion_type: BEARER,
        client_assertion: assertion,
      });
      const response = await exchange(endpoint, { method: "POST", headers: {}, body });
      const { error } = (await response.json()) as { readonly error?: string };
      return { status: response.status, ...(error !== undefined && { error }) };
    },
  };
}

function sharedSecret({ publicJwk }: ClientKey): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(publicJwk));
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/**
 * The ID token as デジタル認証アプリサービス issues it: ES256 with kid and at_hash (platform-facts 4.4),
 * and on request one that a relying party must reject (DA-05).
 */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { decodeJwt, type JWTPayload, SignJWT } from "jose";
import type { JWK } from "oidc-provider";

const HOUR = 3600;

/** What is wrong with the token, and how it is made so. */
const FAULTS = {
  /** The issuer of an earlier edition: a mistake seen in the wild (platform-facts 4.2). */
  wrongIssuer: (claims) => ({
    ...claims,
    iss: String(claims.iss).replace("/api/realms/main", "/realms/main/"),
  }),
  wrongAudience: (claims) => ({ ...claims, aud: "RP99999999" }),
  wrongNonce: (claims) => ({ ...claims, nonce: "another" }),
  wrongAccessTokenHash: (claims) => ({ ...claims, at_hash: accessTokenHash("another") }),
  expired: (claims) => ({
    ...claims,
    iat: later(claims.iat, -HOUR),
    exp: later(claims.iat, -1800),
  }),
  issuedInFuture: (claims) => ({ ...claims, iat: later(claims.iat, HOUR) }),
  algorithmNone: (claims) => claims,
  wrongKey: (claims) => claims,
  unknownKey: (claims) => claims,
} satisfies Record<string, (claims: JWTPayload) => JWTPayload>;

export type IdTokenFault = keyof typeof FAULTS;

export const ID_TOKEN_FAULTS = Object.keys(FAULTS) as readonly IdTokenFault[];

/**
 * Signs the claims of an ID token anew.
 *
 * @param idToken as oidc-provider made it, without at_hash
 * @param key private key, as JWK with kid
 */
export async function reissueIdToken(
  idToken: string,
  accessToken: string,
  key: JWK,
  fault?: IdTokenFault,
): Promise<string> {
  const complete = { ...decodeJwt(idToken), at_hash: accessTokenHash(accessToken) };
  const claims = fault === undefined ? complete : FAULTS[fault](complete);
  if (fault === "algorithmNone") return unsigned(claims);
  const kid = fault === "unknownKey" ? "nobody" : String(key.kid);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", typ: "JWT", kid })
    .sign(signingKey(key, fault));
}

/** OpenID Connect Core section 3.1.3.6: the left half of SHA-256, for ES256. */
function accessTokenHash(accessToken: string): string {
  const hash = createHash("sha256").update(accessToken, "ascii").digest();
  return hash.subarray(0, hash.length / 2).toString("base64url");
}

function signingKey(key: JWK, fault?: IdTokenFault): KeyObject {
  if (fault === "wrongKey") return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  return createPrivateKey({ key: key as JsonWebKey, format: "jwk" });
}

function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
}

function later(time: number | undefined, seconds: number): number {
  return (time ?? 0) + seconds;
}

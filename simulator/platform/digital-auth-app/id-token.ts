/**
 * The ID token as デジタル認証アプリサービス issues it: with kid and at_hash (platform-facts 4.4), and on
 * request one that a relying party must reject (DA-05).
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { decodeJwt, type JWTPayload, SignJWT } from "jose";
import { newSigningKey, type SigningKey } from "../oauth/signing-keys.ts";

const HOUR = 3600;

/** What is wrong with the claims, and how they are made so; or with the signature, see `sign`. */
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
  /** Signed with the public key as if it were a shared secret. */
  algorithmHs256: (claims) => claims,
  wrongKey: (claims) => claims,
  unknownKey: (claims) => claims,
} satisfies Record<string, (claims: JWTPayload) => JWTPayload>;

export type IdTokenFault = keyof typeof FAULTS;

export const ID_TOKEN_FAULTS = Object.keys(FAULTS) as readonly IdTokenFault[];

export interface IdTokenMaking {
  readonly key: SigningKey;
  readonly fault?: IdTokenFault | undefined;
  /** How far the platform's clock is ahead. */
  readonly skewSeconds?: number;
}

/**
 * Signs the claims of an ID token anew.
 *
 * @param idToken as oidc-provider made it, without at_hash
 */
export async function reissueIdToken(
  idToken: string,
  accessToken: string,
  { key, fault, skewSeconds = 0 }: IdTokenMaking,
): Promise<string> {
  const made = decodeJwt(idToken);
  const complete = {
    ...made,
    iat: later(made.iat, skewSeconds),
    exp: later(made.exp, skewSeconds),
    at_hash: accessTokenHash(accessToken),
  };
  return sign(fault === undefined ? complete : FAULTS[fault](complete), key, fault);
}

/** OpenID Connect Core section 3.1.3.6: the left half of SHA-256, for ES256 and RS256 alike. */
function accessTokenHash(accessToken: string): string {
  const hash = createHash("sha256").update(accessToken, "ascii").digest();
  return hash.subarray(0, hash.length / 2).toString("base64url");
}

function sign(claims: JWTPayload, key: SigningKey, fault?: IdTokenFault): Promise<string> {
  const signedBy = (alg: string, kid: string, by: KeyObject | Uint8Array) =>
    new SignJWT(claims).setProtectedHeader({ alg, typ: "JWT", kid }).sign(by);
  const { alg, kid } = key;
  switch (fault) {
    case "algorithmNone":
      return Promise.resolve(unsigned(claims));
    case "algorithmHs256":
      return signedBy("HS256", kid, publicKeyText(key));
    case "wrongKey":
      return signedBy(alg, kid, privateKey(newSigningKey(alg)));
    case "unknownKey":
      return signedBy(alg, "nobody", privateKey(key));
    default:
      return signedBy(alg, kid, privateKey(key));
  }
}

function privateKey(key: SigningKey): KeyObject {
  return createPrivateKey({ key: key as JsonWebKey, format: "jwk" });
}

function publicKeyText(key: SigningKey): Uint8Array {
  return createPublicKey(privateKey(key)).export({ format: "der", type: "spki" });
}

function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
}

function later(time: number | undefined, seconds: number): number {
  return (time ?? 0) + seconds;
}

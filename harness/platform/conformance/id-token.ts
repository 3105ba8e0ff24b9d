/** An ID token: OpenID Connect Core 1.0 sections 2, 3.1.3.6, 3.1.3.7 and 10.1; RFC 7519 section 4. */
import { createHash } from "node:crypto";
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { type Breach, type Demand, isText, isTextList, type JsonObject, unmet } from "./breach.ts";

const CORE = "OpenID Connect Core 1.0";

/** What a relying party knows when an ID token comes. */
export interface IdTokenContext {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  /** That came with it. */
  readonly accessToken: string;
  /** The published key set. */
  readonly keys: readonly JWK[];
  /** `id_token_signing_alg_values_supported` of the discovery document. */
  readonly algorithms: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
}

/** Seconds that clocks may differ by. */
const TOLERANCE = 60;

export async function idTokenBreaches(token: string, known: IdTokenContext): Promise<Breach[]> {
  let header: JsonObject;
  let claims: JsonObject;
  try {
    header = { ...decodeProtectedHeader(token) };
    claims = { ...decodeJwt(token) };
  } catch {
    return [{ what: "the ID token is not a JWT", source: `${CORE} 2` }];
  }
  return unmet([
    ...(await signatureDemands(token, header, known)),
    ...partyDemands(claims, known),
    ...timeDemands(claims, known),
    ...optionalDemands(claims),
    [
      claims.at_hash === undefined ||
        claims.at_hash === hashOf(known.accessToken, String(header.alg)),
      "at_hash is that of another access token",
      `${CORE} 3.1.3.8`,
    ],
  ]);
}

async function signatureDemands(
  token: string,
  { alg, kid }: JsonObject,
  { keys, algorithms }: IdTokenContext,
): Promise<Demand[]> {
  const named = keys.filter((key) => key.kid === kid);
  const [key] = kid === undefined ? keys : named;
  return [
    [alg !== "none" && algorithms.includes(String(alg)), "alg is not announced", `${CORE} 3.1.3.7`],
    [kid !== undefined || keys.length === 1, "kid is missing, with several keys", `${CORE} 10.1`],
    [kid === undefined || named.length === 1, "kid names no published key", `${CORE} 10.1`],
    [await isSignedWith(token, key, String(alg)), "the signature does not fit", `${CORE} 3.1.3.7`],
  ];
}

async function isSignedWith(token: string, key: JWK | undefined, alg: string): Promise<boolean> {
  if (key === undefined) return false;
  try {
    await compactVerify(token, await importJWK(key, alg), { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}

function partyDemands(claims: JsonObject, { issuer, clientId, nonce }: IdTokenContext): Demand[] {
  const { iss, sub, aud, azp } = claims;
  const audience = isTextList(aud) ? aud : [aud];
  return [
    [iss === issuer, "iss is not the issuer", `${CORE} 3.1.3.7`],
    [isText(sub) && /^[\x20-\x7e]{1,255}$/.test(sub), "sub is not up to 255 ASCII", `${CORE} 2`],
    [audience.includes(clientId), "aud is not the client", `${CORE} 3.1.3.7`],
    [audience.length === 1 || azp === clientId, "azp is not the client", `${CORE} 3.1.3.7`],
    [claims.nonce === nonce, "nonce is not the one that was sent", `${CORE} 3.1.3.7`],
  ];
}

function timeDemands({ iat, exp, nbf }: JsonObject, { now }: IdTokenContext): Demand[] {
  const isTime = (value: unknown): value is number => typeof value === "number" && value > 0;
  return [
    [isTime(exp) && exp > now - TOLERANCE, "exp is over, or no time", `${CORE} 3.1.3.7`],
    [isTime(iat) && iat <= now + TOLERANCE, "iat is ahead, or no time", `${CORE} 3.1.3.7`],
    [isTime(iat) && isTime(exp) && iat < exp, "exp is not after iat", "RFC 7519 4.1.4"],
    [
      nbf === undefined || (isTime(nbf) && nbf <= now + TOLERANCE),
      "nbf is ahead",
      "RFC 7519 4.1.5",
    ],
  ];
}

function optionalDemands({ auth_time: authTime, acr, amr }: JsonObject): Demand[] {
  return [
    [authTime === undefined || typeof authTime === "number", "auth_time is no time", `${CORE} 2`],
    [acr === undefined || isText(acr), "acr is no text", `${CORE} 2`],
    [amr === undefined || isTextList(amr), "amr is no list of texts", `${CORE} 2`],
  ];
}

/** The left half of the hash the algorithm is named after. */
function hashOf(accessToken: string, alg: string): string {
  const bits = alg.slice(-3);
  if (!["256", "384", "512"].includes(bits)) return "";
  const hash = createHash(`sha${bits}`).update(accessToken, "ascii").digest();
  return hash.subarray(0, hash.length / 2).toString("base64url");
}

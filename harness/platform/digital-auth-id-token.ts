/**
 * What has to be checked of an ID token beyond what openid-client checks (OpenID Connect Core section
 * 3.1.3.7).
 */
import { createHash } from "node:crypto";
import type { IDToken } from "openid-client";
import { protocolError } from "./platform-error.ts";

/** openid-client does not look at `iat`; a clock may be a minute off. */
export function requireIssuedInThePast({ iat }: IDToken): void {
  if (iat * 1000 <= Date.now() + 60_000) return;
  throw protocolError("the ID token was issued in the future (iat); is a clock wrong?");
}

/** OpenID Connect Core section 3.1.3.8, for ES256. */
export function requireAccessTokenHash({ at_hash: found }: IDToken, accessToken: string): void {
  if (found === undefined) return;
  const hash = createHash("sha256").update(accessToken, "ascii").digest();
  if (found === hash.subarray(0, hash.length / 2).toString("base64url")) return;
  throw protocolError("the ID token belongs to another access token (at_hash)");
}

/**
 * What デジタル認証アプリサービス asks of a client assertion beyond RFC 7523 section 3: a short life, and the
 * token endpoint for its audience (platform-facts 4.4).
 *
 * UNVERIFIED: how strict the real service is. Its sandbox was seen to accept more than the documents of
 * operators say, so both can be had.
 */
import { oauthErrors } from "../oauth/provider-library.ts";
import type { DigitalAuthProfile } from "./profile.ts";

export interface AssertionClaims {
  readonly iat?: unknown;
  readonly exp?: unknown;
  readonly aud?: unknown;
}

export interface AssertionMeasure {
  readonly rules: Pick<DigitalAuthProfile["rules"], "clientAssertions" | "assertionSecondsMax">;
  /** Address of the token endpoint. */
  readonly endpoint: string;
}

/** @throws InvalidClientAuth, which the token endpoint answers as `invalid_client` */
export function requireModest(
  { iat, exp, aud }: AssertionClaims,
  { rules, endpoint }: AssertionMeasure,
): void {
  const { clientAssertions, assertionSecondsMax } = rules;
  const known = typeof iat === "number" && typeof exp === "number";
  if (!known || exp - iat > assertionSecondsMax[clientAssertions]) {
    throw new oauthErrors.InvalidClientAuth("the client assertion lives too long");
  }
  if (clientAssertions === "strict" && aud !== endpoint) {
    throw new oauthErrors.InvalidClientAuth("the client assertion is not for the token endpoint");
  }
}

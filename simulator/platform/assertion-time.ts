/**
 * Whether a client assertion is of the present by a platform's own clock (RFC 7523 section 3, items 4
 * and 5).
 *
 * The authorization server goes by the machine's time, as the client does. What a platform's wrong
 * clock would say is found from the assertion itself: it was made just now, so now is its `iat`.
 */
import { oauthErrors } from "./oauth/provider-library.ts";

/** Clocks may differ by as much without anybody minding. */
const TOLERANCE_SECONDS = 15;

interface AssertionTimes {
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly exp?: unknown;
}

/**
 * @param skew milliseconds the platform's clock is ahead
 * @throws InvalidClientAuth, which the token endpoint answers as `invalid_client`
 */
export function requirePresent({ iat, nbf, exp }: AssertionTimes, skew: number): void {
  if (Math.abs(skew) <= TOLERANCE_SECONDS * 1000 || typeof iat !== "number") return;
  const now = iat + skew / 1000;
  const begin = typeof nbf === "number" ? nbf : iat;
  if (now < begin - TOLERANCE_SECONDS) {
    throw new oauthErrors.InvalidClientAuth("the client assertion is of the future");
  }
  if (typeof exp === "number" && now >= exp + TOLERANCE_SECONDS) {
    throw new oauthErrors.InvalidClientAuth("the client assertion is past its time");
  }
}

/**
 * The authorization code flow as a relying party goes through it: state, nonce and PKCE (RFC 6749
 * section 4.1, RFC 7636, OpenID Connect Core section 3.1). openid-client does it, and throws away an
 * answer to another request before any token is asked for.
 */
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type UserInfoResponse,
} from "openid-client";
import { asPlatformError } from "./oauth-failure.ts";
import { protocolError } from "./platform-error.ts";

/** An authorization that has begun. Keep it until the answer comes back; it fits no other. */
export interface PendingAuthorization {
  /** Where to send the browser. */
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
}

/** @param parameters of the request beyond those that protect the flow */
export async function beginAuthorization(
  configuration: Configuration,
  parameters: Readonly<Record<string, string>>,
): Promise<PendingAuthorization> {
  const state = randomState();
  const nonce = randomNonce();
  const codeVerifier = randomPKCECodeVerifier();
  const url = buildAuthorizationUrl(configuration, {
    ...parameters,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  });
  return { url, state, nonce, codeVerifier };
}

/**
 * @param answer the address the browser was sent back to
 * @throws PlatformError PLATFORM_REFUSED, PLATFORM_PROTOCOL
 */
export async function finishAuthorization(
  configuration: Configuration,
  answer: URL,
  { state, nonce, codeVerifier }: PendingAuthorization,
): Promise<{ readonly idToken: IDToken; readonly tokens: Tokens }> {
  const granted = await asPlatformError(() =>
    authorizationCodeGrant(configuration, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    }),
  );
  const idToken = granted.claims();
  if (idToken === undefined) throw protocolError("the answer has no ID token");
  return { idToken, tokens: tokensOf(granted) };
}

/** Goes on after the access token has become too old, without the person. @throws PlatformError */
export async function refreshTokens(
  configuration: Configuration,
  { refreshToken }: Tokens,
): Promise<Tokens> {
  if (refreshToken === undefined) throw protocolError("the platform gave no refresh token");
  return tokensOf(await asPlatformError(() => refreshTokenGrant(configuration, refreshToken)));
}

/** The claims about `subject`; the answer has to be about nobody else. @throws PlatformError */
export function askUserinfo(
  configuration: Configuration,
  { accessToken }: Tokens,
  subject: string,
): Promise<UserInfoResponse> {
  return asPlatformError(() => fetchUserInfo(configuration, accessToken, subject));
}

function tokensOf({ access_token, refresh_token }: TokenEndpointResponse): Tokens {
  return {
    accessToken: access_token,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
  };
}

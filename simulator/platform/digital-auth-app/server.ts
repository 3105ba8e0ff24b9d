/** The authorization server of デジタル認証アプリサービス (platform-facts 4.2 to 4.4). */
import { decodeProtectedHeader } from "jose";
import type { Configuration } from "oidc-provider";
import type { Clock } from "../../clock.ts";
import { toHex } from "../../iso7816/index.ts";
import type { Random } from "../../random.ts";
import { requirePresent } from "../assertion-time.ts";
import { AuthorizationServer } from "../oauth/authorization-server.ts";
import type { ServerState } from "../oauth/server-state.ts";
import type { Accounts } from "./accounts.ts";
import { userinfoClaims } from "./claims.ts";
import { requireModest } from "./client-assertion.ts";
import { type IdTokenFault, reissueIdToken } from "./id-token.ts";
import { requestPolicy } from "./parameters.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import { clientMetadata, type RelyingParties } from "./relying-parties.ts";
import type { DigitalAuthSeenEvent } from "./seen.ts";
import type { SignTransactions } from "./sign-transactions.ts";

export interface DigitalAuthServerOptions {
  /** Origin, without a path. */
  readonly origin: () => string;
  readonly clock: Clock;
  /** Milliseconds that clock is ahead of everybody else's. */
  readonly skew: () => number;
  readonly random: Random;
  readonly profile: DigitalAuthProfile;
  readonly parties: RelyingParties;
  readonly transactions: SignTransactions;
  readonly accounts: Accounts;
  readonly see: (event: DigitalAuthSeenEvent) => void;
  /** What all ID tokens are to have wrong with them. */
  readonly idTokenFault: () => IdTokenFault | undefined;
  /** Of an earlier opening. */
  readonly server: ServerState | undefined;
}

export function digitalAuthServer(options: DigitalAuthServerOptions): AuthorizationServer {
  const { origin, clock, random, profile, parties, accounts, see } = options;
  const sessions = random.fork("session-state");
  const server: AuthorizationServer = new AuthorizationServer({
    issuer: () => `${origin()}${profile.paths.issuer}`,
    clock,
    random,
    accessTokenSeconds: profile.rules.accessTokenSeconds,
    algorithms: ["ES256", "RS256"],
    findClient: (clientId) => {
      const party = parties.find(clientId);
      return party && clientMetadata(party, profile);
    },
    onToken: (client, outcome) => see({ request: "token", ...(client && { client }), outcome }),
    alterTokens: async (answer, accountId) => {
      const { id_token: idToken, access_token: accessToken } = answer;
      if (typeof idToken !== "string" || typeof accessToken !== "string") return;
      answer.id_token = await reissueIdToken(idToken, accessToken, {
        key: server.signingKey(decodeProtectedHeader(idToken).alg === "RS256" ? "RS256" : "ES256"),
        fault: options.idTokenFault() ?? accounts.find(accountId ?? "")?.idTokenFault,
        skewSeconds: Math.round(options.skew() / 1000),
      });
    },
    besideCode: () => ({
      [profile.answerParameters.sessionState]: toHex(sessions.bytes(16)).toLowerCase(),
    }),
    ...(options.server && { state: options.server }),
    configuration: configurationFor(options),
  });
  return server;
}

function configurationFor(options: DigitalAuthServerOptions): Configuration {
  const { origin, skew, profile, transactions, accounts } = options;
  const { paths, scopes, parameters, rules } = profile;
  const { sign, ...attributes } = scopes;
  return {
    acrValues: Object.values(profile.acr),
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => {
      requirePresent(claims, skew());
      requireModest(claims, { rules, endpoint: `${origin()}${paths.issuer}${paths.token}` });
    },
    claims: {
      openid: ["sub"],
      ...Object.fromEntries(Object.values(attributes).map((scope) => [scope, [scope]])),
    },
    discovery: { notice: profile.notice },
    extraParams: Object.values(parameters),
    features: { clientCredentials: { enabled: true }, userinfo: { enabled: true } },
    findAccount: (_ctx, id) => {
      const account = accounts.find(id);
      if (account === undefined) return undefined;
      const claims = userinfoClaims(profile, account.attributes);
      return { accountId: id, claims: () => ({ sub: id, ...claims }) };
    },
    interactions: {
      policy: requestPolicy(profile, transactions),
      url: (_ctx, { uid }) => `${paths.screen}/${uid}`,
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    pairwiseIdentifier: (_ctx, id) => accounts.find(id)?.sub ?? "",
    pkce: { required: () => true },
    responseTypes: ["code"],
    // UNVERIFIED: that a refresh token is good once. RFC 9700 section 2.2.2 asks for it or the like.
    rotateRefreshToken: true,
    routes: {
      authorization: paths.authorization,
      token: paths.token,
      userinfo: paths.userinfo,
      jwks: paths.jwks,
    },
    scopes: ["openid", sign, ...Object.values(attributes)],
    subjectTypes: ["pairwise"],
    ttl: {
      AuthorizationCode: rules.codeSeconds,
      Grant: rules.refreshTokenSeconds,
      IdToken: rules.accessTokenSeconds,
      Interaction: rules.visitSeconds,
      RefreshToken: rules.refreshTokenSeconds,
      Session: rules.visitSeconds,
    },
  };
}

/** The authorization server of デジタル認証アプリサービス (platform-facts 4.2 to 4.4). */
import type { Configuration } from "oidc-provider";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import type { ExpiringStore } from "../expiring-store.ts";
import { AuthorizationServer } from "../oauth/authorization-server.ts";
import { oauthErrors } from "../oauth/provider-library.ts";
import type { DigitalAuthAccount } from "./completion.ts";
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
  readonly random: Random;
  readonly profile: DigitalAuthProfile;
  readonly parties: RelyingParties;
  readonly transactions: SignTransactions;
  readonly accounts: ExpiringStore<DigitalAuthAccount>;
  readonly see: (event: DigitalAuthSeenEvent) => void;
  /** What the next ID tokens are to have wrong with them. */
  readonly idTokenFault: () => IdTokenFault | undefined;
}

export function digitalAuthServer(options: DigitalAuthServerOptions): AuthorizationServer {
  const { origin, clock, random, profile, parties, see } = options;
  const server: AuthorizationServer = new AuthorizationServer({
    issuer: () => `${origin()}${profile.paths.issuer}`,
    clock,
    random,
    accessTokenSeconds: profile.rules.accessTokenSeconds,
    findClient: (clientId) => {
      const party = parties.find(clientId);
      return party && clientMetadata(party, profile);
    },
    onToken: (client, outcome) => see({ request: "token", ...(client && { client }), outcome }),
    alterTokens: async (answer) => {
      const { id_token: idToken, access_token: accessToken } = answer;
      if (typeof idToken !== "string" || typeof accessToken !== "string") return;
      const fault = options.idTokenFault();
      answer.id_token = await reissueIdToken(idToken, accessToken, server.signingKey, fault);
    },
    configuration: configurationFor(options),
  });
  return server;
}

function configurationFor(options: DigitalAuthServerOptions): Configuration {
  const { profile, transactions, accounts } = options;
  const { paths, scopes, parameters, rules } = profile;
  const { sign, ...attributes } = scopes;
  return {
    acrValues: Object.values(profile.acr),
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => limitLife(rules, claims),
    claims: {
      openid: ["sub"],
      ...Object.fromEntries(Object.values(attributes).map((scope) => [scope, [scope]])),
    },
    discovery: { notice: profile.notice },
    extraParams: Object.values(parameters),
    features: { clientCredentials: { enabled: true }, userinfo: { enabled: true } },
    findAccount: (_ctx, id) => {
      const account = accounts.find(id);
      return account && { accountId: id, claims: () => ({ sub: id, ...account.claims }) };
    },
    interactions: {
      policy: requestPolicy(profile, transactions),
      url: (_ctx, { uid }) => `${paths.screen}/${uid}`,
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    pairwiseIdentifier: (_ctx, id) => accounts.find(id)?.sub ?? "",
    pkce: { required: () => true },
    responseTypes: ["code"],
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

function limitLife(
  { assertionSecondsMax }: DigitalAuthProfile["rules"],
  { iat, exp }: { readonly iat?: unknown; readonly exp?: unknown },
): void {
  const known = typeof iat === "number" && typeof exp === "number";
  if (known && exp - iat <= assertionSecondsMax) return;
  throw new oauthErrors.InvalidClientAuth("the client assertion lives too long");
}

/** MKPF's authorization server: client credentials for 類型②, authorization code for 類型①. */
import type { Configuration } from "oidc-provider";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { requirePresent } from "../assertion-time.ts";
import { evidenceAnswer } from "../evidence.ts";
import { AuthorizationServer } from "../oauth/authorization-server.ts";
import { oauthErrors } from "../oauth/provider-library.ts";
import type { ServerState } from "../oauth/server-state.ts";
import { meaningOf, toWire } from "../wire.ts";
import type { Account, Visits } from "./counter/visits.ts";
import type { MkpfProfile } from "./profile.ts";
import type { MkpfSeenEvent } from "./seen.ts";
import { clientMetadata, type SystemRegistry } from "./systems.ts";

export interface MkpfServerOptions {
  readonly issuer: () => string;
  readonly clock: Clock;
  /** Milliseconds that clock is ahead of everybody else's. */
  readonly skew: () => number;
  readonly random: Random;
  readonly profile: MkpfProfile;
  readonly systems: SystemRegistry;
  readonly visits: Visits;
  readonly see: (event: MkpfSeenEvent) => void;
  /** Of a server that is opened again. */
  readonly state?: ServerState | undefined;
}

export function mkpfServer(options: MkpfServerOptions): AuthorizationServer {
  const { issuer, clock, skew, random, profile, systems, see } = options;
  return new AuthorizationServer({
    issuer,
    clock,
    random,
    ...(options.state && { state: options.state }),
    accessTokenSeconds: profile.rules.accessTokenSeconds,
    findClient: (clientId) => {
      const system = systems.find(clientId);
      return system && clientMetadata(system, profile);
    },
    onToken: (system, outcome) => see({ request: "token", ...(system && { system }), outcome }),
    configuration: {
      assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => requirePresent(claims, skew()),
      discovery: { notice: profile.notice },
      features: { clientCredentials: { enabled: true }, userinfo: { enabled: true } },
      responseTypes: ["code"],
      routes: {
        authorization: profile.paths.authorization,
        token: profile.paths.token,
        jwks: profile.paths.jwks,
        userinfo: profile.paths.userinfo,
      },
      scopes: ["openid", ...Object.values(profile.scopes)],
      ...counterConfiguration(options),
    },
  });
}

/** 類型①: a person stands at a counter and a card is read for every single authorization. */
function counterConfiguration({ profile, visits }: MkpfServerOptions): Configuration {
  const { scopes, claims, rules } = profile;
  const { ppid, evidence, ...attributes } = claims;
  const { parameter, ...modes } = profile.counterModes;
  return {
    claims: {
      openid: ["sub"],
      [scopes.ppid]: [ppid, evidence],
      [scopes.attributes]: Object.values(attributes),
    },
    extraParams: {
      [parameter]: (_ctx, value) => {
        if (value === undefined || meaningOf(modes, value) !== undefined) return;
        throw new oauthErrors.InvalidRequest(`${parameter} is not one of the profile`);
      },
    },
    findAccount: (_ctx, id) => {
      const account = visits.account(id);
      if (account === undefined) return undefined;
      return { accountId: id, claims: () => ({ sub: id, ...claimsOf(profile, account) }) };
    },
    interactions: { url: (_ctx, { uid }) => `${profile.paths.counter}/${uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    pairwiseIdentifier: (_ctx, id) => visits.account(id)?.ppid ?? "",
    subjectTypes: ["pairwise"],
    ttl: {
      AuthorizationCode: rules.codeSeconds,
      Grant: rules.refreshTokenSeconds,
      IdToken: rules.accessTokenSeconds,
      Interaction: rules.counterSeconds,
      RefreshToken: rules.refreshTokenSeconds,
      Session: rules.counterSeconds,
    },
  };
}

function claimsOf(profile: MkpfProfile, { ppid, attributes, evidence }: Account) {
  return toWire(profile.claims, {
    ppid,
    ...attributes,
    evidence: evidenceAnswer(profile, evidence),
  });
}

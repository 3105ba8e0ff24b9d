/**
 * デジタル認証アプリサービス (認証API / 署名API) of the Digital Agency, as its sandbox with test cards
 * (テストカード代替機能) shows it: OpenID Connect at published addresses, with a screen where the tester
 * says what is to happen instead of a phone (platform-facts section 4).
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）, in part: see profile.ts.
 */
import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import type { CertificateChecker } from "../checker.ts";
import { PlatformFaults } from "../faults.ts";
import { NOTICE_HEADER, NOTICE_HEADER_VALUE } from "../notice.ts";
import { SeenLog } from "../seen.ts";
import { Accounts } from "./accounts.ts";
import type { IdTokenFault } from "./id-token.ts";
import { DEFAULT_DIGITAL_AUTH_PROFILE, type DigitalAuthProfile } from "./profile.ts";
import {
  RelyingParties,
  type RelyingParty,
  type RelyingPartyRegistration,
} from "./relying-parties.ts";
import { visitRoutes } from "./routes.ts";
import type { DigitalAuthSeen, DigitalAuthSeenEvent } from "./seen.ts";
import { digitalAuthServer } from "./server.ts";
import { signApi } from "./sign-api.ts";
import { SignTransactions } from "./sign-transactions.ts";
import { type DigitalAuthState, parseDigitalAuthState } from "./state.ts";
import type { TestCards } from "./test-cards.ts";

export interface DigitalAuthOptions {
  /** Origin under which the plugin will be reached, without a path. Asked at the first request. */
  readonly origin: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly checker: CertificateChecker;
  readonly cards: TestCards;
  readonly profile?: DigitalAuthProfile;
  readonly state?: DigitalAuthState;
  readonly faults?: PlatformFaults;
}

export interface DigitalAuthApp {
  /** All endpoints; wants a Fastify instance of its own, because it answers every path. */
  readonly plugin: FastifyPluginAsync;
  readonly profile: DigitalAuthProfile;
  readonly faults: PlatformFaults;
  readonly seen: SeenLog<DigitalAuthSeen>;
  /** Path of the issuer below the origin. */
  readonly issuerPath: string;
  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  registerRelyingParty(registration: RelyingPartyRegistration): RelyingParty;
  /** What is wrong with every ID token from now on; undefined for nothing. */
  setIdTokenFault(fault: IdTokenFault | undefined): void;
  /** Signs with a new key from now on; `forget` also takes the old one out of the key set (DA-06). */
  rotateKeys(options?: { readonly forget?: boolean }): void;
  /** The person behind `sub` takes back what they agreed to for one service (DA-19). */
  withdrawConsent(clientId: string, sub: string): Promise<void>;
  /** Plain data, to be stored and given to `createDigitalAuthApp` again. */
  state(): DigitalAuthState;
}

/** Builds the service. Nothing listens yet. @throws SimulatorError STATE_INVALID */
export function createDigitalAuthApp(options: DigitalAuthOptions): DigitalAuthApp {
  const { random, profile = DEFAULT_DIGITAL_AUTH_PROFILE } = options;
  const { refreshTokenSeconds, signTransactionSeconds } = profile.rules;
  const faults = options.faults ?? new PlatformFaults(random.fork("faults"), options.clock);
  const { clock } = faults;
  const state = parseDigitalAuthState(options.state);
  const parties = new RelyingParties(random.fork("relying-parties"), state.relyingParties);
  const transactions = new SignTransactions(clock, random.fork("sign"), signTransactionSeconds);
  const accounts = new Accounts({ ...options, clock }, refreshTokenSeconds, state.accounts);
  const seen = new SeenLog<DigitalAuthSeen>();
  const see = (event: DigitalAuthSeenEvent) => seen.record({ at: clock.now(), ...event });
  const accountIds = random.fork("accounts");
  let idTokenFault: IdTokenFault | undefined;
  const parts = { ...options, clock, profile, parties, transactions, accounts, see };
  const server = digitalAuthServer({
    ...parts,
    random: random.fork("oauth"),
    skew: () => faults.skew,
    idTokenFault: () => idTokenFault,
    server: state.server,
  });
  faults.signsWith((forget) => server.rotateKeys({ forget }));
  const challengeKey = random.fork("challenges").bytes(32);
  const newAccountId = () => Buffer.from(accountIds.bytes(16)).toString("base64url");

  return {
    plugin: async (app) => {
      app.addHook("onRequest", async (_request, reply) => {
        reply.header(NOTICE_HEADER, NOTICE_HEADER_VALUE);
      });
      faults.guard(app);
      await app.register(visitRoutes({ ...parts, server, newAccountId, challengeKey }));
      await app.register(signApi({ ...parts, server }));
      await app.register(server.plugin);
    },
    profile,
    faults,
    seen,
    issuerPath: profile.paths.issuer,
    registerRelyingParty: (registration) => parties.register(registration),
    setIdTokenFault: (fault) => {
      idTokenFault = fault;
    },
    rotateKeys: (rotation) => server.rotateKeys(rotation),
    withdrawConsent: async (client, sub) => {
      const grants = accounts.remove(client, sub);
      for (const grantId of grants) await server.revokeGrant(grantId);
      see({ request: "withdrawal", client, grants: grants.length });
    },
    state: () => ({
      version: 1,
      relyingParties: parties.written(),
      accounts: accounts.written(),
      server: server.state(),
    }),
  };
}

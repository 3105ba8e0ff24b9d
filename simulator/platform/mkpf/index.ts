/**
 * マイキープラットフォーム (MKPF), one environment of it: 検証 (verification) or 本番 (production), each with
 * its own registered municipal systems, PPIDs and issuer (platform-facts section 1).
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）: see profile.ts.
 */
import type { FastifyPluginAsync } from "fastify";
import {
  type ClientSoftwareProfile,
  DEFAULT_CLIENT_SOFTWARE_PROFILE,
} from "../../client-software/profile.ts";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import type { CertificateChecker } from "../checker.ts";
import { PlatformFaults } from "../faults.ts";
import { NOTICE_HEADER, NOTICE_HEADER_VALUE } from "../notice.ts";
import type { PersonDirectory } from "../person-directory.ts";
import { SeenLog } from "../seen.ts";
import { mkpfApi } from "./api.ts";
import { type ClientSoftwareApplication, ClientSoftwareUsers } from "./client-software.ts";
import type { CounterCardReader } from "./counter/card-reader.ts";
import { counterRoutes } from "./counter/routes.ts";
import { scriptFiles } from "./counter/script-files.ts";
import { Visits } from "./counter/visits.ts";
import { PpidLedger } from "./ppid.ts";
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "./profile.ts";
import { ProofWatch } from "./proof.ts";
import type { MkpfSeen, MkpfSeenEvent } from "./seen.ts";
import { mkpfServer } from "./server.ts";
import {
  emptyMkpfState,
  type MkpfEnvironment,
  type MkpfState,
  parseMkpfState,
  type SystemRegistration,
} from "./state.ts";
import { type RegisteredSystem, SystemRegistry } from "./systems.ts";

export interface MkpfOptions {
  readonly environment: MkpfEnvironment;
  /** Base URL, without a slash at the end, under which the plugin will be reached. Asked at the first request. */
  readonly issuer: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly checker: CertificateChecker;
  readonly people: PersonDirectory;
  readonly profile?: MkpfProfile;
  /** What `state()` gave before; must be of the same environment. */
  readonly state?: MkpfState;
  /** Shared when several services stand behind one line. */
  readonly faults?: PlatformFaults;
  /** Lets a person finish the pages of 類型① in a browser, without reading software. */
  readonly reader?: CounterCardReader;
  /** Names by which the pages of 類型① speak with かざし利用クライアントソフト. */
  readonly clientSoftware?: ClientSoftwareProfile;
}

export interface Mkpf {
  /** All endpoints; wants a Fastify instance of its own, because it answers every path. */
  readonly plugin: FastifyPluginAsync;
  readonly profile: MkpfProfile;
  readonly faults: PlatformFaults;
  readonly seen: SeenLog<MkpfSeen>;
  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  registerSystem(registration: SystemRegistration): RegisteredSystem;
  /**
   * Lets somebody use かざし利用クライアントソフト.
   *
   * @returns the password of a native application, shown this once; undefined for the extension
   * @throws SimulatorError PLATFORM_REGISTRATION_INVALID
   */
  registerClientSoftware(application: ClientSoftwareApplication): string | undefined;
  /** Plain data, to be stored and given to `createMkpf` again. */
  state(): MkpfState;
}

/**
 * Builds one environment of MKPF. Nothing listens yet.
 *
 * @example
 * const mkpf = createMkpf({ environment: "verification", issuer: () => origin, ... });
 * await app.register(mkpf.plugin);
 * origin = await app.listen({ host: "127.0.0.1", port: 0 });
 * @throws SimulatorError STATE_INVALID
 */
export function createMkpf(options: MkpfOptions): Mkpf {
  const { environment, profile = DEFAULT_MKPF_PROFILE } = options;
  const state = parseMkpfState(options.state ?? emptyMkpfState(environment), environment);
  const faults = options.faults ?? new PlatformFaults(options.random.fork("faults"), options.clock);
  const { clock } = faults;
  const systems = new SystemRegistry(environment, options.random.fork("systems"), state.systems);
  const ledger = new PpidLedger(profile.rules, state.ppids);
  const seen = new SeenLog<MkpfSeen>();
  const see = (event: MkpfSeenEvent) => seen.record({ at: clock.now(), ...event });
  const { counterSeconds: visit, refreshTokenSeconds: account } = profile.rules;
  const visits = new Visits(clock, options.random.fork("visits"), { visit, account });
  const random = options.random.fork("oauth");
  const { issuer } = options;
  const skew = () => faults.skew;
  const server = mkpfServer({
    state: state.server,
    issuer,
    clock,
    skew,
    random,
    profile,
    systems,
    visits,
    see,
  });
  faults.signsWith((forget) => server.rotateKeys({ forget }));
  const clientSoftware = new ClientSoftwareUsers(
    environment,
    options.random.fork("client-software"),
    state.clientSoftware,
    issuer,
  );
  const birthDates = new Map(state.users.map(({ person, birthDate }) => [person, birthDate]));
  const world = { ...options, clock, ledger, proofs: new ProofWatch(), birthDates };
  const desk = {
    profile,
    server,
    see,
    visits,
    clientSoftware,
    findSystem: (clientId: string) => systems.find(clientId),
  };
  const reader = options.reader === undefined ? {} : { reader: options.reader };
  return {
    plugin: async (app) => {
      app.addHook("onRequest", async (_request, reply) => {
        reply.header(NOTICE_HEADER, NOTICE_HEADER_VALUE);
      });
      faults.guard(app);
      await app.register(mkpfApi({ ...world, ...desk }));
      await app.register(counterRoutes({ ...desk, world, ...reader }));
      await app.register(
        scriptFiles(
          profile.paths.clientSoftwareFiles,
          options.clientSoftware ?? DEFAULT_CLIENT_SOFTWARE_PROFILE,
        ),
      );
      await app.register(server.plugin);
    },
    profile,
    faults,
    seen,
    registerSystem: (registration) => systems.register(registration),
    registerClientSoftware: (application) => clientSoftware.register(application),
    state: () => ({
      version: 1,
      environment,
      systems: [...systems.all()],
      ppids: ledger
        .all()
        .map((entry) => ({ ...entry, registeredAt: entry.registeredAt.toISOString() })),
      users: [...birthDates].map(([person, birthDate]) => ({ person, birthDate })),
      clientSoftware: [...clientSoftware.all()],
      server: server.state(),
    }),
  };
}

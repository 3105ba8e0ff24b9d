/**
 * カードAP搭載システム (J-LIS): loads applications of municipalities and others into the free area of
 * cards (空き領域), deletes them, and tells which are still to be served. One system for the whole
 * country, on LGWAN, reached from terminals at counters and kiosks (card-facts section 6.4).
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）: see profile.ts.
 */
import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { PlatformFaults } from "../faults.ts";
import { NOTICE_HEADER, NOTICE_HEADER_VALUE } from "../notice.ts";
import { answerRefusals } from "../refusal.ts";
import { SeenLog } from "../seen.ts";
import { refusalAnswer } from "./answers.ts";
import type { CardDirectory } from "./card-directory.ts";
import { Loadings } from "./loadings.ts";
import {
  type ApplicationRegistration,
  type OperatorAccess,
  type OperatorRegistration,
  Operators,
} from "./operators.ts";
import { type CardApLoaderProfile, DEFAULT_CARD_AP_LOADER_PROFILE } from "./profile.ts";
import { loaderRoutes } from "./routes.ts";
import type { CardApLoaderEvent, CardApLoaderSeen } from "./seen.ts";
import { type CardApLoaderState, parseCardApLoaderState } from "./state.ts";

export interface CardApLoaderOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly cards: CardDirectory;
  readonly profile?: CardApLoaderProfile;
  readonly state?: CardApLoaderState;
  /** Shared when several services stand behind one LGWAN line. */
  readonly faults?: PlatformFaults;
}

export interface CardApLoader {
  readonly plugin: FastifyPluginAsync;
  readonly profile: CardApLoaderProfile;
  readonly faults: PlatformFaults;
  readonly seen: SeenLog<CardApLoaderSeen>;
  /** 利用申請: gives access information. @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  registerOperator(registration: OperatorRegistration): OperatorAccess;
  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID, also for a DF name that is taken */
  registerApplication(operator: string, registration: ApplicationRegistration): void;
  /** Stops the access information of an operator. @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  stopOperator(operator: string): void;
  /** Plain data, to be stored and given to `createCardApLoader` again. */
  state(): CardApLoaderState;
}

/** Builds the system. Nothing listens yet. @throws SimulatorError STATE_INVALID */
export function createCardApLoader(options: CardApLoaderOptions): CardApLoader {
  const { random, cards, profile = DEFAULT_CARD_AP_LOADER_PROFILE } = options;
  const stored = parseCardApLoaderState(options.state);
  const faults = options.faults ?? new PlatformFaults(random.fork("faults"), options.clock);
  const { clock } = faults;
  const operators = new Operators(random.fork("operators"), stored.operators);
  const loadings = new Loadings(random.fork("loadings"), stored.loadings);
  const seen = new SeenLog<CardApLoaderSeen>();
  const see = (event: CardApLoaderEvent) => seen.record({ at: clock.now(), ...event });
  const desk = { clock, profile, cards, loadings };

  return {
    plugin: async (app) => {
      app.addHook("onRequest", async (_request, reply) => {
        reply.header(NOTICE_HEADER, NOTICE_HEADER_VALUE);
      });
      faults.guard(app);
      answerRefusals(app, {
        body: (refusal) => refusalAnswer(profile, refusal),
        see: (path, { meaning }) => see({ request: "refused", path, error: meaning }),
      });
      loaderRoutes(app, { ...desk, operators, see });
    },
    profile,
    faults,
    seen,
    registerOperator: (registration) => operators.register(registration),
    registerApplication: (operator, registration) =>
      operators.addApplication(operator, registration),
    stopOperator: (operator) => operators.stop(operator),
    state: () => ({
      version: 1,
      operators: [...operators.all()],
      loadings: [...loadings.all()],
    }),
  };
}

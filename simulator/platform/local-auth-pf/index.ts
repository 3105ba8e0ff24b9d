/**
 * 地方認証プラットフォーム (J-LIS, on LGWAN): the counterpart of MKPF for the segments that do not reach the
 * Internet. Verifies certificates for windows of municipalities, by OCSP方式 or CRL方式
 * (platform-facts section 2).
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）: see profile.ts.
 */
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import type { CertificateChecker, CheckMethod } from "../checker.ts";
import { PlatformFaults } from "../faults.ts";
import { NOTICE_HEADER, NOTICE_HEADER_VALUE } from "../notice.ts";
import { answerRefusals } from "../refusal.ts";
import { invalidRequest, readBody, readCertificateField } from "../request-body.ts";
import { SeenLog } from "../seen.ts";
import { meaningOf } from "../wire.ts";
import {
  type AccessApplication,
  type AccessInformation,
  AccessRegistry,
  type AccessState,
} from "./access.ts";
import { refusalAnswer, verificationAnswer } from "./answers.ts";
import type { LocalAuthOutcome } from "./outcome.ts";
import { DEFAULT_LOCAL_AUTH_PF_PROFILE, type LocalAuthPfProfile } from "./profile.ts";
import { emptyLocalAuthPfState, type LocalAuthPfState, parseLocalAuthPfState } from "./state.ts";
import { verifyCertificate } from "./verify.ts";

export interface LocalAuthPfOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Its CRL side should have lists of its own: this platform loads them at its own hour. */
  readonly checker: CertificateChecker;
  readonly profile?: LocalAuthPfProfile;
  readonly state?: LocalAuthPfState;
  /** Shared when several services stand behind one LGWAN line. */
  readonly faults?: PlatformFaults;
}

/** What the platform has seen. No certificate, no access secret. */
export type LocalAuthPfSeen = { readonly at: Date } & (
  | {
      readonly request: "verify";
      readonly access: string;
      readonly method: CheckMethod;
      readonly outcome: LocalAuthOutcome;
    }
  /** `error` is a key of the profile's error table. */
  | { readonly request: "refused"; readonly path: string; readonly error: string }
);

export interface LocalAuthPf {
  /** Both front doors. */
  readonly plugin: FastifyPluginAsync;
  readonly profile: LocalAuthPfProfile;
  readonly faults: PlatformFaults;
  readonly seen: SeenLog<LocalAuthPfSeen>;
  /** Issued, and waiting for `setAccessState(id, "active")`. @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  issueAccess(application: AccessApplication): AccessInformation;
  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  setAccessState(id: string, state: AccessState): void;
  /** Plain data, to be stored and given to `createLocalAuthPf` again. */
  state(): LocalAuthPfState;
}

/** Builds the platform. Nothing listens yet. @throws SimulatorError STATE_INVALID */
export function createLocalAuthPf(options: LocalAuthPfOptions): LocalAuthPf {
  const { random, checker, profile = DEFAULT_LOCAL_AUTH_PF_PROFILE } = options;
  const state = parseLocalAuthPfState(options.state ?? emptyLocalAuthPfState());
  const faults = options.faults ?? new PlatformFaults(random.fork("faults"), options.clock);
  const { clock } = faults;
  const accesses = new AccessRegistry(random.fork("access"), state.accesses);
  const seen = new SeenLog<LocalAuthPfSeen>();

  const answer = async (method: CheckMethod, { headers, body }: FastifyRequest) => {
    const { id, secret } = profile.accessHeaders;
    const access = accesses.authenticate(method, headers[id], headers[secret]);
    const { certificate, kind } = readRequest(profile, body);
    const outcome = await verifyCertificate(checker, access, certificate, kind);
    seen.record({ at: clock.now(), request: "verify", access: access.id, method, outcome });
    return verificationAnswer(profile, outcome);
  };

  return {
    plugin: async (app) => {
      app.addHook("onRequest", async (_request, reply) => {
        reply.header(NOTICE_HEADER, NOTICE_HEADER_VALUE);
      });
      faults.guard(app);
      answerRefusals(app, {
        body: (refusal) => refusalAnswer(profile, refusal),
        see: (path, { meaning }) =>
          seen.record({ at: clock.now(), request: "refused", path, error: meaning }),
      });
      const limits = { bodyLimit: profile.rules.bodyBytesMax };
      app.post(profile.paths.ocsp, limits, (request) => answer("ocsp", request));
      app.post(profile.paths.crl, limits, (request) => answer("crl", request));
    },
    profile,
    faults,
    seen,
    issueAccess: (application) => accesses.issue(application),
    setAccessState: (id, accessState) => accesses.setState(id, accessState),
    state: () => ({ version: 1, accesses: [...accesses.all()] }),
  };
}

const verifyBody = z.strictObject({ certificate: z.string(), kind: z.string() });

function readRequest(profile: LocalAuthPfProfile, body: unknown) {
  const fields = readBody(profile.requestFields, body, verifyBody);
  const kind = meaningOf(profile.kinds, fields.kind);
  if (kind === undefined) throw invalidRequest("the kind of certificate is not one of the profile");
  return { kind, certificate: readCertificateField(fields.certificate) };
}

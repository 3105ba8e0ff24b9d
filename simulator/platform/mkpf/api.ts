/**
 * MKPF's API for municipal systems of 類型② over HTTP: validity check with PPID, and 署名用 certificate
 * status. Who may call is decided by bearer tokens (RFC 6750).
 */
import type { FastifyPluginAsync } from "fastify";
import { bearerChallenge, requireToken } from "../bearer.ts";
import type { AuthorizationServer } from "../oauth/authorization-server.ts";
import { answerRefusals, Refusal } from "../refusal.ts";
import {
  admissionAnswer,
  type MkpfErrorMeaning,
  refusalAnswer,
  signStatusAnswer,
  unlinkAnswer,
  validityAnswer,
} from "./answers.ts";
import { type ClientSoftwareUsers, readApplicant } from "./client-software.ts";
import type { Visits } from "./counter/visits.ts";
import type { ProofSeen } from "./outcome.ts";
import type { MkpfProfile } from "./profile.ts";
import type { ProofWatch } from "./proof.ts";
import { readPpidRequest, readValidityRequest, type ValidityRequest } from "./requests.ts";
import type { MkpfSeenEvent } from "./seen.ts";
import { judgeSignStatus } from "./sign-status.ts";
import type { PpidEntry, StoredSystem } from "./state.ts";
import { judgeValidity, type ValidityWorld } from "./validity.ts";

export interface MkpfApiOptions extends ValidityWorld {
  readonly profile: MkpfProfile;
  readonly server: AuthorizationServer;
  readonly findSystem: (clientId: string) => StoredSystem | undefined;
  readonly proofs: ProofWatch;
  readonly visits: Visits;
  readonly clientSoftware: ClientSoftwareUsers;
  readonly see: (event: MkpfSeenEvent) => void;
}

export function mkpfApi(options: MkpfApiOptions): FastifyPluginAsync {
  const { paths, rules } = options.profile;
  return async (app) => {
    answerRefusals(app, {
      body: (refusal) => refusalAnswer(options.profile, refusal),
      headers: bearerChallenge,
      see: (path, { meaning }) => options.see({ request: "refused", path, error: meaning }),
    });
    const limits = { bodyLimit: rules.bodyBytesMax };
    app.post(paths.validity, limits, async ({ headers, body }) => {
      const caller = await authorize(options, headers.authorization, "validity");
      return validity(options, caller, body);
    });
    app.post(paths.signCertificateStatus, limits, async ({ headers, body }) => {
      const caller = await authorize(options, headers.authorization, "signCertificateStatus");
      return signStatus(options, caller, body);
    });
    app.post(paths.clientSoftware, limits, ({ ip, body }) => admit(options, ip, body));
    app.post(paths.unlink, limits, async ({ headers, body }) => {
      const caller = await authorize(options, headers.authorization, "unlink");
      return unlink(options, caller, body);
    });
  };
}

async function validity(options: MkpfApiOptions, { system }: Caller, body: unknown) {
  const request = readValidityRequest(options.profile, body);
  const method = methodFor(options.profile, system, request);
  const proof = lookAtProof(options, request);
  const outcome = await judgeValidity(options, system, request.certificate, method);
  options.see({ request: "validity", system: system.clientId, method, proof, outcome });
  return validityAnswer(options.profile, outcome, proof);
}

async function signStatus(options: MkpfApiOptions, caller: Caller, body: unknown) {
  const user = findUser(options, caller, body);
  const outcome = await judgeSignStatus(options, user);
  const { clientId: system, ppid } = user;
  options.see({ request: "sign-certificate-status", system, ppid, outcome });
  return signStatusAnswer(options.profile, outcome);
}

/** Whoever uses the software has no token: a page of any municipality, a terminal at a counter. */
function admit(options: MkpfApiOptions, source: string, body: unknown) {
  const applicant = readApplicant(options.profile, body, source);
  const doubt = options.clientSoftware.doubt(applicant);
  const { edition } = applicant;
  options.see({ request: "client-software", edition, outcome: doubt ?? "admitted" });
  if (doubt !== undefined) throw refuse(403, doubt, "the client software may not be used so");
  return admissionAnswer(options.profile);
}

function unlink(options: MkpfApiOptions, caller: Caller, body: unknown) {
  const user = findUser(options, caller, body);
  options.ledger.unlink(user);
  options.see({ request: "unlink", system: user.clientId, ppid: user.ppid });
  return unlinkAnswer(options.profile);
}

function findUser(options: MkpfApiOptions, { system, own }: Caller, body: unknown): PpidEntry {
  const { ppid } = readPpidRequest(options.profile, body);
  const user = options.ledger.find(system.clientId, ppid);
  if (user !== undefined && (own === undefined || own === ppid)) return user;
  throw refuse(404, "ppidUnknown", "this system has no user with that PPID");
}

interface Caller {
  readonly system: StoredSystem;
  /** 類型①: the one PPID the token speaks about. */
  readonly own?: string;
}

async function authorize(
  { server, profile, findSystem, visits }: MkpfApiOptions,
  authorization: string | undefined,
  scope: keyof MkpfProfile["scopes"],
): Promise<Caller> {
  const { clientId, accountId } = await requireToken(server, authorization, profile.scopes[scope]);
  const system = findSystem(clientId);
  if (system === undefined) throw refuse(401, "invalidToken", "the system is not registered");
  if (accountId === undefined) return { system };
  return { system, own: visits.account(accountId)?.ppid ?? "" };
}

/** A system that applied for one method is held to it. */
function methodFor(profile: MkpfProfile, system: StoredSystem, request: ValidityRequest) {
  if (system.method === undefined) return request.method ?? profile.rules.defaultMethod;
  if (request.method === undefined || request.method === system.method) return system.method;
  throw refuse(400, "methodNotRegistered", `this system is registered for ${system.method} only`);
}

function lookAtProof(
  { profile, proofs }: MkpfApiOptions,
  { certificate, proof }: ValidityRequest,
): ProofSeen {
  const seen = proofs.look(certificate.publicKey, proof);
  if (seen === undefined) {
    throw refuse(400, "proofInvalid", "the signature is not the certificate's own");
  }
  if (seen !== "verified" && profile.rules.proofOfPossession === "require") {
    throw refuse(400, "proofRequired", `a fresh proof is required; this one is ${seen}`);
  }
  return seen;
}

function refuse(status: number, meaning: MkpfErrorMeaning, message: string): Refusal {
  return new Refusal(status, meaning, message);
}

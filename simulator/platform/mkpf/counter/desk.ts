/**
 * The desk between the pages of a counter and the authorization server: finds the visit a request
 * belongs to, and ends it with an authorization or a refusal (RFC 6749 section 4.1.2).
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AuthorizationServer } from "../../oauth/authorization-server.ts";
import { oauthErrors } from "../../oauth/provider-library.ts";
import { meaningOf } from "../../wire.ts";
import type { MkpfProfile } from "../profile.ts";
import type { MkpfSeenEvent } from "../seen.ts";
import type { StoredSystem } from "../state.ts";
import type { CounterReason, CounterRefusal } from "./judge.ts";
import type { Account, CounterMode, Visits } from "./visits.ts";

/** One visit, as far as it has come. */
export interface Attendance {
  readonly uid: string;
  /** Path of its pages. */
  readonly base: string;
  readonly system: StoredSystem;
  readonly mode: CounterMode;
  readonly scopes: readonly string[];
  readonly withAttributes: boolean;
  /** Answers the municipal system. */
  finish(reply: FastifyReply, outcome: Account | CounterRefusal): Promise<FastifyReply>;
}

export interface DeskOptions {
  readonly profile: MkpfProfile;
  readonly server: AuthorizationServer;
  readonly visits: Visits;
  readonly findSystem: (clientId: string) => StoredSystem | undefined;
  readonly see: (event: MkpfSeenEvent) => void;
}

/** Reasons that may pass; the others are final for this card. */
const MAY_PASS = new Set<CounterReason>([
  "statusUnavailable",
  "linkagePending",
  "linkageUnavailable",
]);

/** @returns undefined when the visit is over, or belongs to another browser */
export async function attend(
  options: DeskOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Attendance | undefined> {
  const { profile, server, findSystem } = options;
  const interaction = await server.provider
    .interactionDetails(request.raw, reply.raw)
    .catch(unlessOver);
  const { uid } = request.params as { uid?: string };
  if (interaction === undefined || interaction.uid !== uid) return undefined;
  const { client_id: clientId, scope } = interaction.params;
  const system = findSystem(String(clientId));
  if (system === undefined) return undefined;
  const scopes = String(scope).split(" ");
  const { parameter, ...modes } = profile.counterModes;
  const attendance: Attendance = {
    uid,
    base: `${profile.paths.counter}/${uid}`,
    system,
    mode: meaningOf(modes, interaction.params[parameter]) ?? "register",
    scopes,
    withAttributes: scopes.includes(profile.scopes.attributes),
    finish: (reply, outcome) => finish(options, { attendance, request, reply }, outcome),
  };
  return attendance;
}

interface Ending {
  readonly attendance: Attendance;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function finish(
  options: DeskOptions,
  { attendance, request, reply }: Ending,
  outcome: Account | CounterRefusal,
): Promise<FastifyReply> {
  const { provider } = options.server;
  const { uid, system, mode } = attendance;
  options.visits.end(uid);
  const seen = { request: "counter", system: system.clientId, mode } as const;
  if ("refused" in outcome) {
    options.see({ ...seen, outcome: "refused", reason: outcome.refused });
  } else {
    const { ppid, evidence } = outcome;
    options.see({ ...seen, outcome: "granted", ppid, evidence });
  }
  const result =
    "refused" in outcome
      ? refusal(options.profile, outcome)
      : await authorization(options, attendance, outcome);
  return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303);
}

function refusal(profile: MkpfProfile, { refused }: CounterRefusal) {
  return {
    error: MAY_PASS.has(refused) ? "temporarily_unavailable" : "access_denied",
    error_description: profile.counterReasons[refused],
  };
}

async function authorization(
  { server, visits }: DeskOptions,
  { system, scopes }: Attendance,
  account: Account,
) {
  const accountId = visits.open(account);
  const grant = new server.provider.Grant({ accountId, clientId: system.clientId });
  grant.addOIDCScope(scopes.join(" "));
  return { login: { accountId, remember: false }, consent: { grantId: await grant.save() } };
}

function unlessOver(error: unknown): undefined {
  if (!(error instanceof oauthErrors.SessionNotFound)) throw error;
}

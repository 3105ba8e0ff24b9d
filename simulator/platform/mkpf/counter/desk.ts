/**
 * The desk between the pages of a counter and the authorization server: finds the visit a request
 * belongs to, and ends it with an authorization or a refusal.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AuthorizationServer } from "../../oauth/authorization-server.ts";
import { authorize, type OpenInteraction, openInteraction } from "../../oauth/interaction.ts";
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
  const interaction = await openInteraction(server, request, reply);
  const system = interaction && findSystem(interaction.clientId);
  if (interaction === undefined || system === undefined) return undefined;
  const { uid, params, scopes } = interaction;
  const { parameter, ...modes } = profile.counterModes;
  const mode = meaningOf(modes, params[parameter]) ?? "register";
  return {
    uid,
    base: `${profile.paths.counter}/${uid}`,
    system,
    mode,
    withAttributes: scopes.includes(profile.scopes.attributes),
    finish: async (to, outcome) => {
      options.visits.end(uid);
      note(options, interaction, mode, outcome);
      return interaction.answer(to, await resultOf(options, interaction, outcome));
    },
  };
}

function note(
  { see }: DeskOptions,
  { clientId: system }: OpenInteraction,
  mode: CounterMode,
  outcome: Account | CounterRefusal,
): void {
  const seen = { request: "counter", system, mode } as const;
  if ("refused" in outcome) {
    see({ ...seen, outcome: "refused", reason: outcome.refused });
  } else {
    const { ppid, evidence } = outcome;
    see({ ...seen, outcome: "granted", ppid, evidence });
  }
}

async function resultOf(
  { profile, server, visits }: DeskOptions,
  { clientId, scopes }: OpenInteraction,
  outcome: Account | CounterRefusal,
) {
  if ("refused" in outcome) {
    return {
      error: MAY_PASS.has(outcome.refused) ? "temporarily_unavailable" : "access_denied",
      error_description: profile.counterReasons[outcome.refused],
    };
  }
  return authorize(server, { accountId: visits.open(outcome), clientId, granted: scopes });
}

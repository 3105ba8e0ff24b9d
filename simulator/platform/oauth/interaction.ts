/**
 * What lies between an authorization request and its answer while a person is at the pages of a
 * platform (RFC 6749 section 4.1.1 and 4.1.2), in the terms of oidc-provider.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { InteractionResults } from "oidc-provider";
import type { AuthorizationServer } from "./authorization-server.ts";
import { oauthErrors } from "./provider-library.ts";

export interface OpenInteraction {
  /** Part of the address of its pages. */
  readonly uid: string;
  readonly clientId: string;
  /** Parameters of the authorization request. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly scopes: readonly string[];
  /** Answers the client: sends the browser back to it. */
  answer(reply: FastifyReply, result: InteractionResults): Promise<FastifyReply>;
}

/** @returns undefined when it is over, or belongs to another browser than the one that asks */
export async function openInteraction(
  { provider }: AuthorizationServer,
  { raw, params }: FastifyRequest,
  reply: FastifyReply,
): Promise<OpenInteraction | undefined> {
  const found = await provider.interactionDetails(raw, reply.raw).catch(unlessOver);
  if (found === undefined || found.uid !== (params as { uid?: unknown }).uid) return undefined;
  return {
    uid: found.uid,
    clientId: String(found.params.client_id),
    params: found.params,
    scopes: String(found.params.scope ?? "").split(" "),
    answer: async (to, result) =>
      to.redirect(await provider.interactionResult(raw, to.raw, result), 303),
  };
}

export interface Authorization {
  readonly accountId: string;
  readonly clientId: string;
  readonly granted: readonly string[];
  /** Scopes that were asked for and not agreed to. */
  readonly rejected?: readonly string[];
}

/** The answer of a person who was there and agreed. Nobody stays logged in. */
export async function authorize(
  { provider }: AuthorizationServer,
  { accountId, clientId, granted, rejected = [] }: Authorization,
): Promise<InteractionResults & { readonly consent: { readonly grantId: string } }> {
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(granted.join(" "));
  if (rejected.length > 0) grant.rejectOIDCScope(rejected.join(" "));
  return { login: { accountId, remember: false }, consent: { grantId: await grant.save() } };
}

function unlessOver(error: unknown): undefined {
  if (!(error instanceof oauthErrors.SessionNotFound)) throw error;
}

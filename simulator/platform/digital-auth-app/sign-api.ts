/**
 * 署名API over HTTP (platform-facts 4.5): a service starts a transaction with its own token, and fetches
 * the result with the token the person's authorization gave it.
 */
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { bearerChallenge, requireToken } from "../bearer.ts";
import { decodeBase64 } from "../certificate.ts";
import { evidenceAnswer } from "../evidence.ts";
import type { AuthorizationServer } from "../oauth/authorization-server.ts";
import { answerRefusals, Refusal } from "../refusal.ts";
import { invalidRequest, orRefuse, readBody } from "../request-body.ts";
import { meaningOf, toWire } from "../wire.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { DigitalAuthSeenEvent } from "./seen.ts";
import {
  digestInfoOf,
  type SignResult,
  type SignTransaction,
  type SignTransactions,
} from "./sign-transactions.ts";

export interface SignApiOptions {
  readonly profile: DigitalAuthProfile;
  readonly server: AuthorizationServer;
  readonly transactions: SignTransactions;
  readonly see: (event: DigitalAuthSeenEvent) => void;
}

const startBody = z.strictObject({ hash: z.string(), hashFormat: z.string().optional() });

export function signApi(options: SignApiOptions): FastifyPluginAsync {
  const { profile, server, transactions, see } = options;
  const { paths, scopes, rules, signFields } = profile;
  return async (app) => {
    answerRefusals(app, {
      body: ({ meaning, message }) =>
        toWire(signFields, {
          error: profile.signErrors[meaning as keyof DigitalAuthProfile["signErrors"]],
          errorDescription: message,
          notice: profile.notice,
        }),
      headers: bearerChallenge,
      see: (path, { meaning }) => see({ request: "refused", path, error: meaning }),
    });

    app.post(
      paths.signTransactions,
      { bodyLimit: rules.bodyBytesMax },
      async ({ headers, body }, reply) => {
        const { clientId } = await requireToken(server, headers.authorization, scopes.sign);
        const { id } = transactions.start(clientId, readHash(profile, body));
        see({ request: "sign-transaction", client: clientId, step: "started" });
        return reply.code(201).send(toWire(signFields, { id, notice: profile.notice }));
      },
    );

    app.get<{ Params: { id: string } }>(
      `${paths.signTransactions}/:id/result`,
      async ({ headers, params }) => {
        const grantee = await requireToken(server, headers.authorization, scopes.sign);
        const result = findResult(transactions, params.id, grantee);
        see({ request: "sign-transaction", client: grantee.clientId, step: "fetched" });
        return resultAnswer(profile, params.id, result);
      },
    );
  };
}

function readHash(profile: DigitalAuthProfile, body: unknown): Uint8Array {
  const { hash, hashFormat } = readBody(profile.signFields, body, startBody);
  const format = meaningOf(profile.hashFormats, hashFormat ?? profile.hashFormats.digest);
  if (format === undefined) throw invalidRequest("the hash format is not one of the profile");
  const bytes = orRefuse("invalidRequest", () => decodeBase64(hash));
  const digestInfo = digestInfoOf(bytes, format);
  if (digestInfo === undefined) throw invalidRequest("the hash is not of the announced format");
  return digestInfo;
}

/** Fetching twice gives the same answer twice (DA-12). */
function findResult(
  transactions: SignTransactions,
  id: string,
  { clientId, accountId }: { readonly clientId: string; readonly accountId?: string },
): SignResult {
  if (transactions.isOver(id)) throw new Refusal(410, "expired", "the transaction is over");
  const transaction: SignTransaction | undefined = transactions.find(id);
  if (transaction === undefined || transaction.clientId !== clientId) {
    throw new Refusal(404, "notFound", "this client has no such transaction");
  }
  const { result } = transaction;
  if (result === undefined) throw new Refusal(409, "notFinished", "the person has not signed yet");
  if (result.accountId !== accountId) {
    throw new Refusal(403, "insufficientScope", "the token is not that of the person who signed");
  }
  return result;
}

function resultAnswer(profile: DigitalAuthProfile, id: string, result: SignResult) {
  return toWire(profile.signFields, {
    id,
    signature: Buffer.from(result.signature).toString("base64"),
    certificateJwe: result.certificateJwe,
    evidence: evidenceAnswer(profile, result.evidence),
    notice: profile.notice,
  });
}

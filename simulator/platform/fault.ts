/**
 * One fault of a platform, and what it does to a request (platform-facts MK-18, MK-19, LA-04, LA-05).
 * When it strikes is decided in faults.ts; the names people use for faults are in fault-names.ts.
 */
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Random } from "../random.ts";

export type PlatformFault =
  | {
      readonly kind: "refuse";
      /** 503 Service Unavailable by default. */
      readonly status?: 429 | 503;
      readonly retryAfterSeconds: number;
    }
  /** 429 to what exceeds so many requests in so many seconds of the platform's clock. */
  | { readonly kind: "rateLimit"; readonly requests: number; readonly seconds: number }
  | { readonly kind: "serverError" }
  /** A page of somebody in between, with status 200. */
  | { readonly kind: "webPage" }
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** No answer, and the connection stays open. */
  | { readonly kind: "silence" }
  /** The connection is cut without an answer, and the service never hears of the request. */
  | { readonly kind: "drop" }
  /** A `drop` that strikes the given share (0 to 1) of requests. */
  | { readonly kind: "loss"; readonly share: number }
  /** The service does what it was asked, and the connection is cut before the answer. */
  | { readonly kind: "loseAnswer" }
  /** Half the answer, as if it were the whole. */
  | { readonly kind: "truncate" }
  /** The platform's clock is ahead by so much; behind when negative. */
  | { readonly kind: "clockSkew"; readonly milliseconds: number }
  /** An access token that comes with the request counts as one past its time. */
  | { readonly kind: "tokenExpiry" }
  /** New keys for whatever the platform signs; `forget` withdraws the ones before. */
  | { readonly kind: "keyRotation"; readonly forget: boolean };

export interface StrikeTools {
  readonly random: Random;
  /** Counts a request against a limit. @returns seconds to wait when it is exceeded */
  readonly exceeded: (requests: number, seconds: number) => number | undefined;
  readonly rotateKeys: (forget: boolean) => void;
}

/** Does to one request what the fault does. Whoever is answered is not to be served. */
export async function strike(
  fault: PlatformFault,
  request: FastifyRequest,
  reply: FastifyReply,
  tools: StrikeTools,
): Promise<void> {
  switch (fault.kind) {
    case "refuse":
      return refuse(reply, fault.status ?? 503, fault.retryAfterSeconds);
    case "rateLimit": {
      const seconds = tools.exceeded(fault.requests, fault.seconds);
      return seconds === undefined ? undefined : refuse(reply, 429, seconds);
    }
    case "serverError":
      reply.code(500).send({ error: "server_error" });
      return;
    case "webPage":
      reply.type("text/html; charset=utf-8").send("<!doctype html><title>proxy</title>");
      return;
    case "latency":
      await wait(fault.milliseconds);
      // Whoever has hung up meanwhile gets no answer, and the service never hears of them.
      if (request.raw.socket.destroyed) reply.hijack();
      return;
    case "silence":
      reply.hijack();
      return;
    case "drop":
      return drop(request, reply);
    case "loss":
      if (tools.random.below(10_000) < fault.share * 10_000) drop(request, reply);
      return;
    case "loseAnswer":
      return changeAnswer(reply.raw, () => undefined);
    case "truncate":
      return changeAnswer(reply.raw, (body) => body.subarray(0, body.length >> 1));
    case "clockSkew":
      // The clock of the platform knows by itself; see PlatformFaults.clock.
      return;
    case "tokenExpiry":
      if (request.headers.authorization !== undefined) {
        request.headers.authorization = "Bearer expired";
      }
      return;
    case "keyRotation":
      return tools.rotateKeys(fault.forget);
  }
}

function refuse(reply: FastifyReply, status: 429 | 503, retryAfterSeconds: number): void {
  const error = status === 429 ? "slow_down" : "temporarily_unavailable";
  reply.code(status).header("retry-after", String(retryAfterSeconds)).send({ error });
}

function drop(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

/**
 * Stands between the service and the socket, whoever writes the answer: Fastify, or the authorization
 * server behind it.
 *
 * @param change undefined cuts the connection instead
 */
function changeAnswer(
  response: ServerResponse,
  change: (body: Uint8Array) => Uint8Array | undefined,
): void {
  const chunks: Uint8Array[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === "string") chunks.push(Buffer.from(chunk, "utf8"));
    else if (chunk instanceof Uint8Array) chunks.push(chunk);
  };
  response.writeHead = ((status: number, ...more: readonly unknown[]) => {
    response.statusCode = status;
    for (const [name, value] of Object.entries(more.at(-1) ?? {})) response.setHeader(name, value);
    return response;
  }) as ServerResponse["writeHead"];
  response.write = ((chunk: unknown) => {
    keep(chunk);
    return true;
  }) as ServerResponse["write"];
  response.end = ((chunk: unknown) => {
    keep(chunk);
    const changed = change(Buffer.concat(chunks));
    if (changed === undefined) return response.destroy();
    response.removeHeader("content-length");
    // What stands in front of the prototype's own methods goes.
    for (const method of ["writeHead", "write", "end"] as const)
      Reflect.deleteProperty(response, method);
    return response.end(changed);
  }) as ServerResponse["end"];
}

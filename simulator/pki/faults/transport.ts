/**
 * What a whole server can suffer from, whatever it serves: outages of the way to it, and planned ones
 * (platform-facts 8.3, PK-17 and PK-27).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export interface ServerState<Fault extends string> {
  /** Name of the fault that strikes; those that are none of the transport are left alone. */
  readonly fault: Fault;
  /** Seconds until a planned outage ends; undefined while there is none. */
  readonly maintenance: number | undefined;
}

const PAGE =
  "<!doctype html><title>メンテナンス中</title><p>ただいまメンテナンス中です。 Under maintenance.</p>";

/**
 * Makes every route of `server` suffer from what is the case when a request arrives.
 *
 * @param arrive told of each request once
 * @returns which fault struck a request, if any, for what is none of the transport
 */
export function addTransportFaults<Fault extends string>(
  server: FastifyInstance,
  arrive: () => ServerState<Fault>,
): (request: FastifyRequest) => Fault | undefined {
  const struck = new WeakMap<FastifyRequest, Fault>();
  const hanging = new Set<FastifyRequest>();

  server.addHook("onRequest", async (request, reply) => {
    const { fault, maintenance } = arrive();
    if (fault !== "none") struck.set(request, fault);
    if (maintenance !== undefined) return unavailable(reply, maintenance);
    switch (fault as string) {
      case "timeout":
        hanging.add(request);
        request.raw.socket.once("close", () => hanging.delete(request));
        reply.hijack();
        return;
      case "reset":
        reply.hijack();
        request.raw.socket.resetAndDestroy();
        return;
      case "http-503":
        return unavailable(reply, 60);
      case "html":
        return reply.type("text/html; charset=utf-8").send(PAGE);
    }
  });

  // A server waits for its open requests when it closes; these would never end.
  server.addHook("preClose", async () => {
    for (const request of hanging) request.raw.socket.destroy();
  });

  return (request) => struck.get(request);
}

function unavailable(reply: FastifyReply, seconds: number): FastifyReply {
  return reply
    .code(503)
    .header("retry-after", seconds)
    .type("text/plain; charset=utf-8")
    .send("ただいま利用できません。 Service unavailable.");
}

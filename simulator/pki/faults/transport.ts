/**
 * What a whole server can suffer from, whatever it serves: outages of the way to it, and planned ones
 * (platform-facts 8.3, PK-17 and PK-27).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export interface ServerState {
  /** Name of the fault that is set; those that are none of the transport are left alone. */
  readonly fault: string;
  /** Seconds until a planned outage ends; undefined while there is none. */
  readonly maintenance: number | undefined;
}

const PAGE =
  "<!doctype html><title>メンテナンス中</title><p>ただいまメンテナンス中です。 Under maintenance.</p>";

/** Makes every route of `server` suffer from what is the case at the time of a request. */
export function addTransportFaults(server: FastifyInstance, current: () => ServerState): void {
  const hanging = new Set<FastifyRequest>();

  server.addHook("onRequest", async (request, reply) => {
    const { fault, maintenance } = current();
    if (maintenance !== undefined) return unavailable(reply, maintenance);
    switch (fault) {
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
}

function unavailable(reply: FastifyReply, seconds: number): FastifyReply {
  return reply
    .code(503)
    .header("retry-after", seconds)
    .type("text/plain; charset=utf-8")
    .send("ただいま利用できません。 Service unavailable.");
}

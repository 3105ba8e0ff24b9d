/**
 * Outages of the status services, switched on and off while they run (platform-facts 8.3, PK-17 and
 * PK-18). Each breaks what a client sees, never what the CA knows.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OcspError } from "./ocsp-response.ts";

export type TransportFault =
  /** Takes the request and never answers. */
  | "timeout"
  /** Breaks the connection. */
  | "reset"
  | "http-503"
  /** A web page of somebody in between, with status 200. */
  | "html";

export type CrlFault = "none" | TransportFault;
export type OcspFault = CrlFault | Exclude<OcspError, "malformedRequest">;

const PAGE =
  "<!doctype html><title>メンテナンス中</title><p>ただいまメンテナンス中です。 Under maintenance.</p>";

/** Makes every route of `server` suffer from the fault `current` names at the time. */
export function addTransportFaults(server: FastifyInstance, current: () => string): void {
  const hanging = new Set<FastifyRequest>();

  server.addHook("onRequest", async (request, reply) => {
    switch (current()) {
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
        return unavailable(reply);
      case "html":
        return reply.type("text/html; charset=utf-8").send(PAGE);
    }
  });

  // A server waits for its open requests when it closes; these would never end.
  server.addHook("preClose", async () => {
    for (const request of hanging) request.raw.socket.destroy();
  });
}

function unavailable(reply: FastifyReply): FastifyReply {
  return reply.code(503).header("retry-after", "60").type("text/plain").send("503");
}

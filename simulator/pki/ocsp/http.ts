/**
 * OCSP over HTTP (RFC 6960 appendix A): POST with the request as body, or GET with it in the path,
 * base64 and percent-encoded, whose answers caches may keep.
 */
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Clock } from "../../clock.ts";
import { cachedHeaders, uncachedHeaders } from "./caching.ts";

export const OCSP_REQUEST_TYPE = "application/ocsp-request";

/** A request for a hundred certificates with a nonce has about 10 KB. */
const BODY_LIMIT = 64 * 1024;

/** @param request as it came, for who asks and what befalls them */
type Answer = (question: Uint8Array, request: FastifyRequest) => Promise<Uint8Array>;

/** A Fastify plugin; register it with the prefix the responder should have. */
export function ocspRoutes(respond: Answer, clock: Clock): FastifyPluginAsync {
  return async (server) => {
    const options = { parseAs: "buffer", bodyLimit: BODY_LIMIT } as const;
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(OCSP_REQUEST_TYPE, options, (_request, body, done) => {
      done(null, body);
    });

    server.post<{ Body: Uint8Array | undefined }>("/", async (request, reply) => {
      const answer = await respond(new Uint8Array(request.body ?? []), request);
      return reply.headers(uncachedHeaders(answer)).send(bufferOf(answer));
    });
    server.get<{ Params: { "*": string } }>("/*", async (request, reply) => {
      const { params, headers } = request;
      const answer = await respond(fromBase64(params["*"]), request);
      const reach = headers.authorization === undefined ? "public" : "private";
      const kept = cachedHeaders(answer, clock.now(), reach);
      reply.headers(kept);
      if (kept.etag !== undefined && headers["if-none-match"] === kept.etag) {
        return reply.code(304).send();
      }
      return reply.send(bufferOf(answer));
    });
  };
}

/** The same bytes, not copied. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** What is not base64 becomes an empty request, which is a malformed one. */
function fromBase64(text: string): Uint8Array {
  const decoded = Buffer.from(text, "base64");
  return decoded.toString("base64") === text ? new Uint8Array(decoded) : new Uint8Array(0);
}

/**
 * OCSP over HTTP (RFC 6960 appendix A): POST with the request as body, or GET with it in the path,
 * base64 and percent-encoded.
 */
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import type { Respond } from "./ocsp-responder.ts";

export const OCSP_REQUEST_TYPE = "application/ocsp-request";
export const OCSP_RESPONSE_TYPE = "application/ocsp-response";

/** A request for a hundred certificates with a nonce has about 10 KB. */
const BODY_LIMIT = 64 * 1024;

/** A Fastify plugin; register it with the prefix the responder should have. */
export function ocspRoutes(respond: Respond): FastifyPluginAsync {
  return async (server) => {
    const options = { parseAs: "buffer", bodyLimit: BODY_LIMIT } as const;
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(OCSP_REQUEST_TYPE, options, (_request, body, done) => {
      done(null, body);
    });

    server.post<{ Body: Uint8Array | undefined }>(
      "/",
      { bodyLimit: BODY_LIMIT },
      (request, reply) => answer(request.body ?? new Uint8Array(0), respond, reply),
    );
    server.get<{ Params: { "*": string } }>("/*", (request, reply) =>
      answer(fromBase64(request.params["*"]), respond, reply),
    );
  };
}

async function answer(request: Uint8Array, respond: Respond, reply: FastifyReply) {
  const response = await respond(new Uint8Array(request));
  return reply
    .header("content-type", OCSP_RESPONSE_TYPE)
    .header("cache-control", "no-cache")
    .send(Buffer.from(response));
}

/** What is not base64 becomes an empty request, which is a malformed one. */
function fromBase64(text: string): Uint8Array {
  const decoded = Buffer.from(text, "base64");
  return decoded.toString("base64") === text ? new Uint8Array(decoded) : new Uint8Array(0);
}

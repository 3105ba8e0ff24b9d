/**
 * OCSP over HTTP (RFC 6960 appendix A): POST with the request as body, or GET with it in the path,
 * base64 and percent-encoded.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

export const OCSP_REQUEST_TYPE = "application/ocsp-request";
export const OCSP_RESPONSE_TYPE = "application/ocsp-response";

/** A request for a hundred certificates with a nonce has about 10 KB. */
const BODY_LIMIT = 64 * 1024;

/** @param authorization the header of that name, as it came */
type Answer = (request: Uint8Array, authorization: string | undefined) => Promise<Uint8Array>;

/** A Fastify plugin; register it with the prefix the responder should have. */
export function ocspRoutes(respond: Answer): FastifyPluginAsync {
  return async (server) => {
    const options = { parseAs: "buffer", bodyLimit: BODY_LIMIT } as const;
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(OCSP_REQUEST_TYPE, options, (_request, body, done) => {
      done(null, body);
    });

    const send = async (
      question: Uint8Array,
      { headers }: FastifyRequest,
      reply: FastifyReply,
    ): Promise<FastifyReply> => {
      const answer = await respond(new Uint8Array(question), headers.authorization);
      return reply.headers(HEADERS).send(bufferOf(answer));
    };
    server.post<{ Body: Uint8Array | undefined }>("/", (request, reply) =>
      send(request.body ?? new Uint8Array(0), request, reply),
    );
    server.get<{ Params: { "*": string } }>("/*", (request, reply) =>
      send(fromBase64(request.params["*"]), request, reply),
    );
  };
}

const HEADERS = { "content-type": OCSP_RESPONSE_TYPE, "cache-control": "no-cache" };

/** The same bytes, not copied. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** What is not base64 becomes an empty request, which is a malformed one. */
function fromBase64(text: string): Uint8Array {
  const decoded = Buffer.from(text, "base64");
  return decoded.toString("base64") === text ? new Uint8Array(decoded) : new Uint8Array(0);
}

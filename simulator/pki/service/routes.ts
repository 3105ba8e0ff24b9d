/** Where JPKI's services are on a server: responders and lists, behind their outages. */
import { Readable } from "node:stream";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../../clock.ts";
import { concat } from "../../iso7816/index.ts";
import type { Publication } from "../authority/publication.ts";
import type { Carrier } from "../environment.ts";
import { disturbList, type ServedList } from "../faults/list.ts";
import type { CrlFault, OcspFault } from "../faults/names.ts";
import { type AnswerOrigin, disturb } from "../faults/ocsp.ts";
import { addTransportFaults } from "../faults/transport.ts";
import { ocspRoutes } from "../ocsp/http.ts";
import type { Circumstances, Respond } from "../ocsp/responder.ts";
import type { OcspAnswer, OcspError } from "../ocsp/response.ts";
import type { CertificateKind } from "../status.ts";
import { CRL_TYPE } from "../validation/crl-source.ts";

export interface ServedParts {
  readonly clock: Clock;
  /** Counts a request to the responders, and says which fault strikes it. */
  arriveAtOcsp(): OcspFault;
  /** The same for the lists. */
  arriveAtLists(): CrlFault;
  /** Seconds until a planned outage ends; undefined while there is none. */
  maintenance(): number | undefined;
  readonly responders: Readonly<Record<Carrier, Respond>>;
  /** @param authorization the header of that name */
  mayAsk(authorization: string | undefined, kind: CertificateKind): boolean;
  /** The oldest first. */
  generations(kind: CertificateKind, carrier: Carrier): readonly Publication[];
  /** Of every kind and carrier. */
  all(): readonly Publication[];
}

export function serviceRoutes(parts: ServedParts): FastifyPluginAsync {
  return async (server) => {
    await server.register(responder(parts, "card"), { prefix: "/ocsp" });
    await server.register(responder(parts, "smartphone"), { prefix: "/ocsp-smartphone" });
    await server.register(lists(parts), { prefix: "/crl" });
  };
}

function responder(parts: ServedParts, carrier: Carrier): FastifyPluginAsync {
  return async (server) => {
    const faultOf = addTransportFaults(server, () => ({
      fault: parts.arriveAtOcsp(),
      maintenance: parts.maintenance(),
    }));
    const respond = parts.responders[carrier];
    const answer = (question: Uint8Array, request: FastifyRequest) =>
      respond(question, new Arrival(parts, request, faultOf(request)));
    await server.register(ocspRoutes(answer, parts.clock));
  };
}

/** A class: thousands arrive in a second, and functions made for each would take as long as reading it. */
class Arrival implements Circumstances {
  readonly #parts: ServedParts;
  readonly #request: FastifyRequest;
  readonly #fault: OcspFault | undefined;

  constructor(parts: ServedParts, request: FastifyRequest, fault: OcspFault | undefined) {
    this.#parts = parts;
    this.#request = request;
    this.#fault = fault;
  }

  mayAsk(kind: CertificateKind): boolean {
    return this.#parts.mayAsk(this.#request.headers.authorization, kind);
  }

  disturb(right: OcspAnswer, origin: AnswerOrigin): Promise<OcspAnswer | OcspError> {
    return disturb(this.#fault ?? "none", right, origin);
  }
}

type ListRequest = FastifyRequest<{
  Params: {
    readonly name: string;
    /** Municipality code. */
    readonly place?: string;
  };
}>;

function lists(parts: ServedParts): FastifyPluginAsync {
  return async (server) => {
    const faultOf = addTransportFaults(server, () => ({
      fault: parts.arriveAtLists(),
      maintenance: parts.maintenance(),
    }));
    const send = (request: ListRequest, reply: FastifyReply) =>
      sendList(parts, faultOf(request) ?? "none", request, reply);
    server.get("/:name", send);
    server.get("/:place/:name", send);
  };
}

async function sendList(
  parts: ServedParts,
  fault: CrlFault,
  { params, headers }: ListRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { name, place } = params;
  const publication = publicationOf(name, parts);
  if (publication === undefined) return reply.callNotFound();
  if (place !== undefined && !publication.serves(place)) return reply.callNotFound();
  if (!parts.mayAsk(headers.authorization, publication.authority.kind)) {
    return reply
      .code(403)
      .type("text/plain; charset=utf-8")
      .send("許可されていません。 Forbidden.");
  }
  const list = disturbList(fault, { publication, publications: parts.all(), place });
  return list.sent === undefined ? whole(list, reply) : broken(list, list.sent, reply);
}

function whole({ length, chunks }: ServedList, reply: FastifyReply): FastifyReply {
  return reply.type(CRL_TYPE).header("content-length", length).send(Readable.from(chunks));
}

/** Announces more than it sends, and hangs up. */
function broken({ length, chunks }: ServedList, sent: number, reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { "content-type": CRL_TYPE, "content-length": length });
  raw.write(concat(...chunks).subarray(0, sent), () => raw.destroy());
}

const LIST_NAME = /^(smartphone-)?(auth|sign)(?:-([1-9]\d?))?\.crl$/;

function publicationOf(name: string, { generations }: ServedParts): Publication | undefined {
  const [whole, smartphone, kind, generation] = LIST_NAME.exec(name) ?? [];
  if (whole === undefined) return undefined;
  const all = generations(
    kind === "auth" ? "auth" : "sign",
    smartphone === undefined ? "card" : "smartphone",
  );
  return generation === undefined ? all.at(-1) : all[Number(generation) - 1];
}

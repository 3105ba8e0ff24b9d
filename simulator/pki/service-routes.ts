/** Where JPKI's services are on a server: responders and lists, behind their outages. */
import { Readable } from "node:stream";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { CRL_TYPE } from "./crl-source.ts";
import type { Carrier } from "./environment.ts";
import { addTransportFaults, type CrlFault, type OcspFault } from "./faults.ts";
import { ocspRoutes } from "./ocsp-http.ts";
import type { Respond } from "./ocsp-responder.ts";
import { makeOcspError } from "./ocsp-response.ts";
import type { Publication } from "./publication.ts";
import type { CertificateKind } from "./status.ts";

export interface ServedParts {
  readonly faults: { readonly ocsp: OcspFault; readonly crl: CrlFault };
  readonly respond: Respond;
  readonly respondForSmartphones: Respond;
  /** The newest generation when none is named; undefined when there is none such. */
  list(
    kind: CertificateKind,
    carrier: Carrier,
    generation: number | undefined,
  ): Publication | undefined;
}

export function serviceRoutes(parts: ServedParts): FastifyPluginAsync {
  return async (server) => {
    await server.register(responder(parts, parts.respond), { prefix: "/ocsp" });
    const smartphones = responder(parts, parts.respondForSmartphones);
    await server.register(smartphones, { prefix: "/ocsp-smartphone" });
    await server.register(lists(parts), { prefix: "/crl" });
  };
}

function responder({ faults }: ServedParts, respond: Respond): FastifyPluginAsync {
  return async (server) => {
    addTransportFaults(server, () => faults.ocsp);
    await server.register(ocspRoutes(async (request) => refusal(faults.ocsp) ?? respond(request)));
  };
}

function refusal(fault: OcspFault): Uint8Array | undefined {
  switch (fault) {
    case "tryLater":
    case "internalError":
    case "sigRequired":
    case "unauthorized":
      return makeOcspError(fault);
    default:
      return undefined;
  }
}

const LIST_NAME = /^(smartphone-)?(auth|sign)(?:-([1-9]\d?))?\.crl$/;

interface ListParams {
  readonly name: string;
  /** Municipality code. */
  readonly place?: string;
}

function lists({ faults, list }: ServedParts): FastifyPluginAsync {
  return async (server) => {
    addTransportFaults(server, () => faults.crl);
    const send = async (
      { params }: FastifyRequest<{ Params: ListParams }>,
      reply: FastifyReply,
    ): Promise<unknown> => {
      const publication = publicationOf(params.name, list);
      const { place } = params;
      if (publication === undefined || !servesPlace(publication, place))
        return reply.callNotFound();
      const { length, chunks } = publication.list(place);
      return reply.type(CRL_TYPE).header("content-length", length).send(Readable.from(chunks));
    };
    server.get("/:name", send);
    server.get("/:place/:name", send);
  };
}

function publicationOf(name: string, list: ServedParts["list"]): Publication | undefined {
  const [whole, smartphone, kind, generation] = LIST_NAME.exec(name) ?? [];
  if (whole === undefined) return undefined;
  return list(
    kind === "auth" ? "auth" : "sign",
    smartphone === undefined ? "card" : "smartphone",
    generation === undefined ? undefined : Number(generation),
  );
}

function servesPlace({ authority }: Publication, place: string | undefined): boolean {
  return place === undefined || authority.issued.some((one) => one.municipalityCode === place);
}

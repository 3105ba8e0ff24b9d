/** Where JPKI's services are on a server: responders and lists, behind their outages. */
import type { FastifyPluginAsync } from "fastify";
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

function lists({ faults, list }: ServedParts): FastifyPluginAsync {
  return async (server) => {
    addTransportFaults(server, () => faults.crl);
    server.get<{ Params: { name: string } }>("/:name", async ({ params }, reply) => {
      const [whole, smartphone, kind, generation] = LIST_NAME.exec(params.name) ?? [];
      if (whole === undefined) return reply.callNotFound();
      const publication = list(
        kind === "auth" ? "auth" : "sign",
        smartphone === undefined ? "card" : "smartphone",
        generation === undefined ? undefined : Number(generation),
      );
      if (publication === undefined) return reply.callNotFound();
      return reply.type(CRL_TYPE).send(Buffer.from(await publication.crl()));
    });
  };
}

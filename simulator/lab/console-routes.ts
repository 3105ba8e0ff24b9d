/** The world's own address: its web page, and the control API under `/control`. */
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { consolePage } from "../console/page.ts";
import { SimulatorError } from "../errors.ts";
import { type ControlledLab, type LabControl, labControl } from "./control.ts";
import {
  faultBody,
  importBody,
  lifeEventBody,
  newResidentBody,
  parseBody,
  revokeBody,
  unblockBody,
} from "./control-bodies.ts";

interface ShownLab extends ControlledLab {
  readonly seed: string;
}

export function consoleRoutes(lab: ShownLab): FastifyPluginAsync {
  const control = labControl(lab);
  return async (app) => {
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof SimulatorError)) throw error;
      return reply.code(422).send({ code: error.code, message: error.message });
    });
    app.get("/", async (_request, reply) =>
      reply.type("text/html; charset=utf-8").send(
        consolePage({
          addresses: lab.addresses,
          seed: lab.seed,
          now: lab.clock.now(),
          residents: await control.residents(),
          certificates: await control.certificates(),
        }),
      ),
    );
    await app.register(async (routes) => controlRoutes(routes, control), { prefix: "/control" });
  };
}

function controlRoutes(app: FastifyInstance, control: LabControl): void {
  type Id = { Params: { id: string } };
  type Serial = { Params: { serial: string } };
  app.get("/addresses", () => control.addresses());
  app.get("/residents", () => control.residents());
  app.get<Id>("/residents/:id", ({ params }) => control.resident(params.id));
  app.post("/residents", ({ body }) => {
    const { persona, atr } = parseBody(newResidentBody, body);
    return control.newResident(persona, atr);
  });
  app.post<Id>("/residents/:id/events", ({ params, body }) => {
    const { event, ...details } = parseBody(lifeEventBody, body);
    return control.lifeEvent(params.id, event, details);
  });
  app.get<Id>("/cards/:id/export", ({ params }) => control.exportCard(params.id));
  app.get<Id>("/cards/:id/image", ({ params }) => control.cardImage(params.id));
  app.post("/cards/import", ({ body }) => control.importCard(parseBody(importBody, body).image));
  app.post<Id>("/cards/:id/unblock", ({ params, body }) => {
    const { pin, value } = parseBody(unblockBody, body);
    return control.unblockPin(params.id, pin, value);
  });
  app.get("/certificates", () => control.certificates());
  app.post<Serial>("/certificates/:serial/revocation", ({ params, body }) => {
    const { reason, publish } = parseBody(revokeBody, body);
    return control.revoke(params.serial, reason, publish);
  });
  app.post("/faults", ({ body }) => control.planFault(parseBody(faultBody, body)));
  for (const kind of ["auth", "sign"] as const) {
    app.get(`/ca/${kind}.crl`, async (_request, reply) =>
      reply.type("application/pkix-crl").send(Buffer.from(await control.crl(kind))),
    );
    app.get(`/ca/${kind}.cer`, async (_request, reply) =>
      reply.type("application/pkix-cert").send(Buffer.from(await control.caCertificate(kind))),
    );
  }
}

/** The control API over HTTP: one route an operation, checked by the schemas the document is made from. */
import fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { describeRoutes } from "./openapi.ts";
import { fieldsOf, type Operation } from "./operation.ts";
import { CONTROL_BASE, OPERATION_IDS, operationOf } from "./operations.ts";
import { answerRefusals, refusal } from "./refusals.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** Below `/control`: the operations, and `openapi.json`, which tells all about them. */
export function controlRoutes(lab: () => ControlledLab): FastifyPluginAsync {
  return async (app) => {
    answerRefusals(app);
    app.setValidatorCompiler(({ schema }) => validator(schema as unknown as z.ZodType));
    app.setSerializerCompiler(({ schema }) => serialiser(schema as unknown as z.ZodType));
    const document = await describeRoutes(app);
    for (const id of OPERATION_IDS) addRoute(app, id, operationOf(id), lab);
    app.get("/control/openapi.json", { schema: { hide: true } }, async (_request, reply) =>
      reply.type(JSON_TYPE).send(JSON.stringify(document())),
    );
  };
}

/** The document alone, without a world. */
export async function controlDocument(): Promise<object> {
  const app = fastify();
  await app.register(
    controlRoutes(() => {
      throw new SimulatorError("LAB_NOT_RUNNING", "there is a document and no world");
    }),
  );
  const { payload } = await app.inject("/control/openapi.json");
  await app.close();
  return JSON.parse(payload) as object;
}

function addRoute(
  app: FastifyInstance,
  id: string,
  operation: Operation,
  lab: () => ControlledLab,
): void {
  const { method, path, room, ja, en, answer, type = JSON_TYPE } = operation;
  const { params, others } = fieldsOf(operation);
  const inQuery = method === "GET" || method === "DELETE";
  const hasOthers = Object.keys(others.shape).length > 0;
  app.route({
    method,
    url: CONTROL_BASE + path,
    schema: {
      operationId: id,
      tags: [room],
      summary: `${ja} / ${en}`,
      params,
      ...(hasOthers && (inQuery ? { querystring: others } : { body: others })),
      response: { 200: answer, default: refusal },
      ...(type === JSON_TYPE ? {} : { produces: [type] }),
    },
    // A request without a body asks for nothing in particular.
    preValidation: async (request) => {
      if (!inQuery && hasOthers) request.body ??= {};
    },
    handler: async (request, reply) => {
      const rest = inQuery ? request.query : request.body;
      const answered = await operation.act(lab(), {
        ...(request.params as object),
        ...(rest as object),
      });
      reply.type(type);
      return answered instanceof Uint8Array ? Buffer.from(answered) : answered;
    },
  });
}

function validator(schema: z.ZodType) {
  return (data: unknown) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    const message = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, " ");
    return { error: new SimulatorError("CONTROL_INVALID", message) };
  };
}

function serialiser(schema: z.ZodType) {
  return (data: unknown) => JSON.stringify(schema.parse(data));
}

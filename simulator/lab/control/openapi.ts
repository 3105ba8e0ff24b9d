/**
 * The OpenAPI 3.1 document of the control API, made from the schemas its routes are checked by
 * (OpenAPI Specification 3.1.0, JSON Schema 2020-12).
 */
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifySchema } from "fastify";
import { z } from "zod";
import { ROOMS } from "./operation.ts";

/** Of the API, not of the program: raised with every change a client can notice. */
const VERSION = "1.0.0";

const DESCRIPTION = `模擬環境（lab）に対して試験ができることのすべて。住民・証明書はすべて合成データです。
プラットフォームの名称・項目は非規範（実仕様は非公開）です。

Everything a test can do to a simulated world. Residents and certificates are synthetic; what is said
about platforms is non-normative. Every refusal has a stable code, a message and advice.`;

type Document = Readonly<Record<string, unknown>>;

/** Watches the routes that are added from now on. @returns gives the document once all are there */
export async function describeRoutes(app: FastifyInstance): Promise<() => Document> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "jpki-bench lab control", version: VERSION, description: DESCRIPTION },
      tags: Object.entries(ROOMS).map(([name, { ja, en }]) => ({
        name,
        description: `${ja} / ${en}`,
      })),
    },
    transform: ({ schema, url }) => ({ schema: plain(schema), url }),
    transformObject: (found) => {
      if (!("openapiObject" in found)) return {};
      return { ...found.openapiObject, components: { schemas: components() } };
    },
  });
  return () => app.swagger() as unknown as Document;
}

/** The schemas of one route as JSON Schema. */
function plain(schema: FastifySchema): FastifySchema {
  const { params, querystring, body, response, produces, ...others } = schema;
  const asked = { params, querystring, body };
  const given = Object.entries(asked).filter(([, part]) => part !== undefined);
  const answers = Object.entries(response ?? {}).map(([status, part]) => [
    status,
    answer(status, part as z.ZodType, status === "200" ? produces : undefined),
  ]);
  return {
    ...others,
    ...Object.fromEntries(given.map(([name, part]) => [name, json(part as z.ZodType, "input")])),
    response: Object.fromEntries(answers),
  };
}

function answer(
  status: string,
  schema: z.ZodType,
  [type = "application/json"]: readonly string[] = [],
) {
  const description = status === "200" ? "done" : "refused: code, message and advice";
  return { description, content: { [type]: { schema: json(schema, "output") } } };
}

function components(): Document {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: "output",
    uri: (id) => `#/$defs/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [
      id,
      referring(schema),
    ]),
  );
}

function json(schema: z.ZodType, io: "input" | "output"): unknown {
  const {
    $schema: _dialect,
    $defs: _named,
    ...made
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
  });
  return referring(made);
}

/** Names of schemas lead to where OpenAPI keeps them. */
function referring<T>(schema: T): T {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as T;
}

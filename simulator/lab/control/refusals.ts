/** How the control API says no: a stable code, what is wrong, and what to do about it. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { SIMULATOR_ADVICE } from "../../advice.ts";
import { SimulatorError, type SimulatorErrorCode } from "../../errors.ts";
import { bilingual, named } from "./named.ts";

const CODES = Object.keys(SIMULATOR_ADVICE) as [SimulatorErrorCode, ...SimulatorErrorCode[]];

export const refusal = named(
  "Refusal",
  z.strictObject({
    code: z.enum(CODES).or(z.literal("INTERNAL")).describe("stable; programs match on it"),
    message: z.string(),
    advice: bilingual,
  }),
);

const DEFECT = {
  ja: "jpki-benchの不具合です。手順を添えて報告してください。",
  en: "This is a defect of jpki-bench; please report how to get here.",
};

export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler(refuse);
  app.setNotFoundHandler((request, reply) => {
    const message = `there is no ${request.method} ${request.url}; see /control/openapi.json`;
    return send(reply, 404, "CONTROL_INVALID", message);
  });
}

function refuse(error: FastifyError | Error, _request: FastifyRequest, reply: FastifyReply) {
  const { message } = error;
  if (error instanceof SimulatorError) return send(reply, 422, error.code, message);
  const status = "statusCode" in error ? (error.statusCode ?? 500) : 500;
  if (status < 500) return send(reply, status, "CONTROL_INVALID", message);
  return send(reply, 500, "INTERNAL", message);
}

type Code = SimulatorErrorCode | "INTERNAL";

function send(reply: FastifyReply, status: number, code: Code, message: string): FastifyReply {
  const { ja, en } = code === "INTERNAL" ? DEFECT : SIMULATOR_ADVICE[code];
  // Encoded here: an answer that its schema does not fit may be what went wrong.
  const body = JSON.stringify({ code, message, advice: { ja, en } });
  return reply.code(status).type("application/json; charset=utf-8").send(body);
}

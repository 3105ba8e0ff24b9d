/** A request a platform refuses before any verdict, and how Fastify comes to answer with it. */
import type { FastifyInstance } from "fastify";

/** `meaning` is a key of the profile's error table, `status` the HTTP status. */
export class Refusal<Meaning extends string = string> extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly meaning: Meaning;

  /** @param message printable ASCII, because it becomes an `error_description` (RFC 6749 section 5.2) */
  constructor(status: number, meaning: Meaning, message: string) {
    super(message);
    this.status = status;
    this.meaning = meaning;
  }
}

export interface RefusalHandling {
  readonly body: (refusal: Refusal) => Record<string, unknown>;
  readonly headers?: (refusal: Refusal) => Record<string, string>;
  readonly see: (path: string, refusal: Refusal) => void;
}

/** Answers refusals, and Fastify's own 4xx (too long, not JSON, wrong type) as `invalidRequest`. */
export function answerRefusals(app: FastifyInstance, handling: RefusalHandling): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error);
    if (refusal === undefined) return reply.code(500).send({ error: "server_error" });
    const [path = ""] = request.url.split("?");
    handling.see(path, refusal);
    return reply
      .code(refusal.status)
      .headers(handling.headers?.(refusal) ?? {})
      .send(handling.body(refusal));
  });
}

function refusalOf(error: unknown): Refusal<"invalidRequest"> | undefined {
  const { statusCode, message } = error as { statusCode?: unknown; message?: unknown };
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode > 499) return undefined;
  return new Refusal(statusCode, "invalidRequest", String(message));
}

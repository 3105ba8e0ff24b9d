/**
 * One HTTP exchange with a status service, with a limit of time; whatever goes wrong is told apart
 * (platform-facts 8.3, PK-13 and PK-17).
 */
import { concat } from "../../iso7816/index.ts";
import { StatusUnavailable } from "./unavailable.ts";

export interface Exchange {
  readonly url: string;
  /** Media type the answer must have. */
  readonly expect: string;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
  /** Authorization header. */
  readonly authorization?: string;
  /** Sent by POST, with its media type; GET when absent. */
  readonly post?: { readonly type: string; readonly body: Uint8Array };
}

/** @throws StatusUnavailable `timeout`, `connection`, `http`, `unauthorized` or `contentType` */
export async function fetchBytes(exchange: Exchange): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of fetchPieces(exchange)) pieces.push(piece);
  return concat(...pieces);
}

/**
 * The same, given on as it comes: a revocation list of national size is hundreds of megabytes.
 *
 * @throws StatusUnavailable `timeout`, `connection`, `http`, `unauthorized` or `contentType`, also
 * between two pieces
 */
export async function* fetchPieces(exchange: Exchange): AsyncGenerator<Uint8Array, void, void> {
  const { url, post, timeout, authorization } = exchange;
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeout),
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(post && { "content-type": post.type }),
      },
      ...(post && { method: "POST", body: new Uint8Array(post.body) }),
    });
    await requireAnswer(response, exchange);
    if (response.body !== null) yield* response.body;
  } catch (cause) {
    throw explain(cause, exchange);
  }
}

async function requireAnswer(response: Response, { url, expect }: Exchange): Promise<void> {
  const { status, headers } = response;
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (status === 200 && type === expect) return;
  // The connection is good for the next exchange when nothing is left on it.
  await response.body?.cancel();
  if (status !== 200) {
    const message = `${url} answered with HTTP status ${status}`;
    const problem = REFUSING.includes(status) ? "unauthorized" : "http";
    throw new StatusUnavailable(problem, message, retryAfter(headers));
  }
  const message = `${url} answered with ${type ?? "no type"}, not ${expect}`;
  throw new StatusUnavailable("contentType", message);
}

/** Unauthorized and Forbidden (RFC 9110 sections 15.5.2 and 15.5.4). */
const REFUSING: readonly number[] = [401, 403];

/** The seconds a service asks for; dates are not understood. */
function retryAfter(headers: Headers): { retryAfter?: number } {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isInteger(seconds) && seconds >= 0 ? { retryAfter: seconds } : {};
}

function explain(cause: unknown, { url, timeout }: Exchange): StatusUnavailable {
  if (cause instanceof StatusUnavailable) return cause;
  if (cause instanceof DOMException && cause.name === "TimeoutError") {
    const message = `${url} did not answer within ${timeout} ms`;
    return new StatusUnavailable("timeout", message, { cause });
  }
  const detail = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = detail instanceof Error ? detail.message : String(detail);
  return new StatusUnavailable("connection", `${url} could not be reached: ${why}`, { cause });
}

/**
 * One HTTP exchange with a status service, with a limit of time; whatever goes wrong is
 * told apart (platform-facts 8.3, PK-13 and PK-17).
 */
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

/** @throws StatusUnavailable `timeout`, `connection` or `http` */
export async function fetchBytes(exchange: Exchange): Promise<Uint8Array> {
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
    requireAnswer(response, exchange);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw explain(cause, exchange);
  }
}

function requireAnswer(response: Response, { url, expect }: Exchange): void {
  if (response.status !== 200) {
    throw new StatusUnavailable("http", `${url} answered with HTTP status ${response.status}`, {
      ...retryAfter(response),
    });
  }
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== expect) {
    throw new StatusUnavailable("http", `${url} answered with ${type ?? "no type"}, not ${expect}`);
  }
}

/** The seconds a service asks for; dates are not understood. */
function retryAfter(response: Response): { retryAfter?: number } {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isInteger(seconds) && seconds >= 0 ? { retryAfter: seconds } : {};
}

function explain(cause: unknown, { url, timeout }: Exchange): StatusUnavailable {
  if (cause instanceof StatusUnavailable) return cause;
  if (cause instanceof DOMException && cause.name === "TimeoutError") {
    return new StatusUnavailable("timeout", `${url} did not answer within ${timeout} ms`, {
      cause,
    });
  }
  const detail = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = detail instanceof Error ? detail.message : String(detail);
  return new StatusUnavailable("connection", `${url} could not be reached: ${why}`, { cause });
}

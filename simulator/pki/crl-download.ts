/**
 * The download of a revocation list, given on as it comes: a list of national size is hundreds of
 * megabytes. Whatever goes wrong is told apart as in http-get.ts (platform-facts 8.3, PK-13 and PK-17).
 */
import { StatusUnavailable } from "./unavailable.ts";

export const CRL_TYPE = "application/pkix-crl";

export interface ListAddress {
  readonly url: string;
  /** Milliseconds for the whole download. */
  readonly timeout: number;
  /** Authorization header. */
  readonly authorization?: string;
}

/** @throws StatusUnavailable `timeout`, `connection` or `http`, also between two pieces */
export async function* downloadList(address: ListAddress): AsyncGenerator<Uint8Array, void, void> {
  const { url, timeout, authorization } = address;
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeout),
      headers: { ...(authorization !== undefined && { authorization }) },
    });
    await requireList(response, url);
    if (response.body !== null) yield* response.body;
  } catch (cause) {
    throw explain(cause, address);
  }
}

async function requireList(response: Response, url: string): Promise<void> {
  const { status, headers } = response;
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (status === 200 && type === CRL_TYPE) return;
  await response.body?.cancel();
  if (status !== 200) {
    const message = `${url} answered with HTTP status ${status}`;
    throw new StatusUnavailable("http", message, retryAfter(headers));
  }
  const message = `${url} answered with ${type ?? "no type"}, not ${CRL_TYPE}`;
  throw new StatusUnavailable("http", message);
}

/** The seconds a service asks for; dates are not understood. */
function retryAfter(headers: Headers): { retryAfter?: number } {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isInteger(seconds) && seconds >= 0 ? { retryAfter: seconds } : {};
}

function explain(cause: unknown, { url, timeout }: ListAddress): StatusUnavailable {
  if (cause instanceof StatusUnavailable) return cause;
  if (cause instanceof DOMException && cause.name === "TimeoutError") {
    const message = `${url} did not answer within ${timeout} ms`;
    return new StatusUnavailable("timeout", message, { cause });
  }
  const detail = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const why = detail instanceof Error ? detail.message : String(detail);
  return new StatusUnavailable("connection", `${url} could not be reached: ${why}`, { cause });
}

/**
 * HTTPS to a server whose certificate comes from a CA of its own, such as a lab with `--tls`. `fetch` of
 * Node.js 20 believes the CAs that were there when the process began, and can be told of no other.
 */
import type { IncomingMessage } from "node:http";
import { request } from "node:https";

export interface TrustingRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | URLSearchParams;
  readonly signal: AbortSignal;
}

const FORM = "application/x-www-form-urlencoded;charset=UTF-8";

/**
 * As `fetch` without following redirects.
 *
 * @param ca PEM; no other CA is believed
 */
export function trustingFetch(
  ca: string,
  url: URL,
  { method, headers, body, signal }: TrustingRequest,
): Promise<Response> {
  const sent = body instanceof URLSearchParams ? { "content-type": FORM, ...headers } : headers;
  return new Promise((resolve, reject) => {
    request(url, { method, headers: sent, ca, signal }, (answer) => {
      responseOf(answer).then(resolve, reject);
    })
      .once("error", reject)
      .end(body?.toString());
  });
}

/** Statuses of which a `Response` may have no body (Fetch section 2.2.3). */
const BODILESS = new Set([204, 205, 304]);

async function responseOf(answer: IncomingMessage): Promise<Response> {
  const { statusCode: status = 0, rawHeaders } = answer;
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  }
  const body = Buffer.concat(await answer.toArray());
  return new Response(BODILESS.has(status) ? null : body, { status, headers });
}

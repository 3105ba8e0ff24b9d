/** One question to a platform's JSON API: an object or nothing in, an object or a typed refusal out. */
import type { Exchange } from "./exchange.ts";
import { PlatformError, protocolError } from "./platform-error.ts";

export interface JsonQuestion {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent by POST; GET when absent. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Name of the field a refusal gives its code in. */
  readonly errorField: string;
}

/**
 * @returns the parsed body of a 200 or 201 answer, whatever it is
 * @throws PlatformError PLATFORM_UNREACHABLE, PLATFORM_REFUSED with the platform's code, or
 *   PLATFORM_PROTOCOL for a body that is not JSON or a status that is neither success nor refusal
 */
export async function askJson(exchange: Exchange, question: JsonQuestion): Promise<unknown> {
  const { url, headers, body, errorField } = question;
  const accepted = { ...headers, accept: "application/json" };
  const request =
    body === undefined
      ? { method: "GET", headers: accepted }
      : {
          method: "POST",
          headers: { ...accepted, "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  const response = await exchange(url.href, request);
  const answer = await readJson(response);
  if (response.status === 200 || response.status === 201) return answer;
  if (response.status >= 400 && response.status < 500) throw refused(response, answer, errorField);
  throw protocolError(`status ${response.status} is neither an answer nor a refusal`);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw protocolError(`the body of status ${response.status} is not JSON`, cause);
  }
}

function refused({ status }: Response, answer: unknown, errorField: string): PlatformError {
  const code = (answer as Record<string, unknown> | null)?.[errorField];
  const refusal = typeof code === "string" ? code : undefined;
  return new PlatformError("PLATFORM_REFUSED", `the platform refused: ${refusal ?? status}`, {
    status,
    ...(refusal !== undefined && { refusal }),
  });
}

/** One question to a platform's JSON API: POST an object, get an object or a typed refusal. */
import type { Exchange } from "./exchange.ts";
import { PlatformError, protocolError } from "./platform-error.ts";

export interface JsonQuestion {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Name of the field a refusal gives its code in. */
  readonly errorField: string;
}

/**
 * @returns the parsed body of a 200 answer, whatever it is
 * @throws PlatformError PLATFORM_UNREACHABLE, PLATFORM_REFUSED with the platform's code, or
 *   PLATFORM_PROTOCOL for a body that is not JSON or a status that is neither success nor refusal
 */
export async function postJson(exchange: Exchange, question: JsonQuestion): Promise<unknown> {
  const { url, headers, body, errorField } = question;
  const response = await exchange(url.href, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await readJson(response);
  if (response.status === 200) return answer;
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

/**
 * The one place where HTTP leaves for a platform: every exchange is traced here once, redacted, and
 * a platform that cannot be reached becomes a typed error here.
 *
 * Has the shape of `fetch`, so that openid-client sends its token requests through it as well.
 */
import type { HttpExchanged, Unstamped } from "../../reports/journal/events.ts";
import { BenchError } from "../errors.ts";
import { PlatformError } from "./platform-error.ts";
import { type FieldRules, redact, redactPath } from "./redaction.ts";
import { trustingFetch } from "./trusting-fetch.ts";

/** What the journal records of one exchange, before it is known which scenario it belongs to. */
export type HttpTrace = Omit<Unstamped<HttpExchanged>, "type" | "scenario" | "attempt" | "step">;

export type HttpTraceSink = (trace: HttpTrace) => void;

export interface ExchangeOptions {
  /** Who is at the other end, for people: `MKPF 検証環境`. */
  readonly peer: string;
  readonly rules: FieldRules;
  readonly sink: HttpTraceSink;
  /** Milliseconds after which an exchange counts as lost: a whole number. */
  readonly deadline: number;
  /** PEM of the one CA to believe, instead of those that Node.js knows. */
  readonly ca?: string | undefined;
}

export interface ExchangeRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | URLSearchParams;
}

export type Exchange = (url: string, request: ExchangeRequest) => Promise<Response>;

/** Statuses that say "not now": waiting may help (RFC 9110 sections 15.5, 15.6; RFC 6585 section 4). */
const NOT_NOW = new Set([429, 502, 503, 504]);

/**
 * @returns a function that rejects with PlatformError PLATFORM_UNREACHABLE
 * @throws BenchError CONFIG_INVALID for a deadline that no timer can keep
 */
export function createExchange(options: ExchangeOptions): Exchange {
  requireDeadline(options.deadline);
  return async (address, request) => {
    const started = performance.now();
    const url = new URL(address);
    const sent = describeRequest(options, url, request);
    const trace = (outcome: Partial<HttpTrace>) => {
      options.sink({ ...sent, ...outcome, milliseconds: performance.now() - started });
    };
    try {
      const response = await send(url, request, options);
      const text = await response.text();
      trace({ status: response.status, response: describeBody(text, options.rules) });
      if (NOT_NOW.has(response.status)) throw notNow(options.peer, response);
      return new Response(text === "" ? null : text, response);
    } catch (cause) {
      if (cause instanceof PlatformError) throw cause;
      trace({ error: "PLATFORM_UNREACHABLE" });
      throw new PlatformError("PLATFORM_UNREACHABLE", `${options.peer} gave no answer`, { cause });
    }
  };
}

/** A longer one would be over at once, and part of a millisecond is refused only when it is used. */
const DEADLINE_MAX = 2 ** 31 - 1;

function requireDeadline(deadline: number): void {
  if (Number.isInteger(deadline) && deadline >= 1 && deadline <= DEADLINE_MAX) return;
  const message = `a deadline of ${deadline}, not a whole number of milliseconds from 1 to ${DEADLINE_MAX}`;
  throw new BenchError("CONFIG_INVALID", message);
}

function send(
  url: URL,
  request: ExchangeRequest,
  { deadline, ca }: ExchangeOptions,
): Promise<Response> {
  const signal = AbortSignal.timeout(deadline);
  if (ca !== undefined) return trustingFetch(ca, url, { ...request, signal });
  // A redirect is an answer to look at, not an instruction to carry credentials elsewhere.
  return fetch(url, { ...request, redirect: "manual", signal });
}

function describeRequest({ peer, rules }: ExchangeOptions, url: URL, request: ExchangeRequest) {
  const { method, body } = request;
  const sent = { peer, method, path: redactPath(url, rules) };
  if (body === undefined) return sent;
  const text = body instanceof URLSearchParams ? JSON.stringify(Object.fromEntries(body)) : body;
  return { ...sent, request: describeBody(text, rules) };
}

function describeBody(text: string, rules: FieldRules): Record<string, unknown> {
  const body = parseJson(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    return redact(body as Record<string, unknown>, rules);
  }
  return text === "" ? {} : { "‹not a JSON object›": `${text.length} characters` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notNow(peer: string, { status, headers }: Response): PlatformError {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return new PlatformError("PLATFORM_UNREACHABLE", `${peer} answered ${status}: not now`, {
    status,
    ...(Number.isInteger(seconds) && seconds >= 0 && { retryAfterSeconds: seconds }),
  });
}

/**
 * What an OCSP answer says to HTTP caches (RFC 9919 sections 5 and 6.2, as RFC 5019 before it). Only
 * what was asked by GET and is the same for everybody is kept: one certificate, no nonce. A refusal
 * is never kept; an answer that is authoritative must not say "no-cache".
 */
import { toHex } from "../../iso7816/index.ts";
import { sha256 } from "../keys/keys.ts";
import { readOcspResponse } from "./read.ts";

export const OCSP_RESPONSE_TYPE = "application/ocsp-response";

type Headers = Readonly<Record<string, string>>;

/** A refusal, which has no more than a status, is of this many bytes. */
const REFUSAL_LENGTH = 5;

const ANSWER = { "content-type": OCSP_RESPONSE_TYPE };
const REFUSAL = { ...ANSWER, "cache-control": "no-cache" };

/** For an answer to POST, which caches do not keep whatever it says. */
export function uncachedHeaders(answer: Uint8Array): Headers {
  return answer.length === REFUSAL_LENGTH ? REFUSAL : ANSWER;
}

/**
 * For an answer to GET.
 *
 * @param reach `private` where the asker had to show who they are
 */
export function cachedHeaders(answer: Uint8Array, now: Date, reach: "public" | "private"): Headers {
  const life = lifeOf(answer);
  if (life === undefined) return uncachedHeaders(answer);
  const { thisUpdate, nextUpdate } = life;
  // It has to lie before nextUpdate.
  const maxAge = Math.max(Math.ceil((nextUpdate.getTime() - now.getTime()) / 1000) - 1, 0);
  return {
    ...ANSWER,
    date: now.toUTCString(),
    "last-modified": thisUpdate.toUTCString(),
    expires: nextUpdate.toUTCString(),
    etag: `"${toHex(sha256(answer))}"`,
    "cache-control": `max-age=${maxAge}, ${reach}, no-transform, must-revalidate`,
  };
}

function lifeOf(answer: Uint8Array): { thisUpdate: Date; nextUpdate: Date } | undefined {
  const view = readOcspResponse(answer);
  if (typeof view === "string" || view.nonce !== undefined) return undefined;
  const [single, another] = view.singles;
  if (single?.nextUpdate === undefined || another !== undefined) return undefined;
  return { thisUpdate: single.thisUpdate, nextUpdate: single.nextUpdate };
}

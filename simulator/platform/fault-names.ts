/**
 * What can go wrong with a platform, or with the line to it, by name: the words of scenarios, of the
 * control API and of the command line. The CA's own are in pki/faults/names.ts; what both have has one
 * name.
 *
 * Sources: RFC 9110 sections 10.2.3 and 15.6, RFC 6585 section 4, RFC 6750 section 3.1; platform-facts
 * MK-18, MK-19, LA-04, LA-05 and DA-06.
 */
import { SimulatorError } from "../errors.ts";
import type { PlatformFault } from "./fault.ts";

interface Described {
  readonly ja: string;
  readonly en: string;
  /** What the number means that can be given with it, and the one taken when none is. */
  readonly amount?: { readonly unit: FaultUnit; readonly default: number };
}

/** `requests`: a minute; `percent`: of requests. */
export type FaultUnit = "seconds" | "milliseconds" | "percent" | "requests";

export const PLATFORM_FAULTS = {
  none: { ja: "障害なし（すべて終える）", en: "none; ends all others" },
  outage: {
    ja: "停止中: 503とRetry-After",
    en: "503 with Retry-After",
    amount: { unit: "seconds", default: 30 },
  },
  busy: {
    ja: "混雑: 429とRetry-After",
    en: "429 with Retry-After",
    amount: { unit: "seconds", default: 5 },
  },
  "rate-limit": {
    ja: "1分あたりの要求数を超えた分に429とRetry-After",
    en: "429 with Retry-After to what exceeds so many requests a minute",
    amount: { unit: "requests", default: 60 },
  },
  "server-error": { ja: "HTTP 500を返す", en: "HTTP status 500" },
  html: {
    ja: "HTTP 200で途中の機器のHTMLページを返す",
    en: "a web page of somebody in between, with status 200",
  },
  truncated: { ja: "応答が途中で切れる", en: "an answer cut off" },
  latency: {
    ja: "応答が遅れる",
    en: "answers late",
    amount: { unit: "milliseconds", default: 2000 },
  },
  timeout: { ja: "応答しない", en: "never answers" },
  reset: { ja: "処理せず接続を切断する", en: "breaks the connection, nothing done" },
  "answer-lost": {
    ja: "処理したあと、応答を返さず切断する",
    en: "does what was asked, and breaks the connection before the answer",
  },
  loss: {
    ja: "一部の要求が失われる",
    en: "loses a share of requests",
    amount: { unit: "percent", default: 5 },
  },
  "clock-skew": {
    ja: "基盤の時計が進む（負なら遅れる）",
    en: "the platform's clock is ahead, or behind when negative",
    amount: { unit: "seconds", default: 600 },
  },
  "token-expiry": {
    ja: "アクセストークンを期限切れとして扱う",
    en: "takes access tokens for expired",
  },
  "key-rotation": {
    ja: "署名鍵を替える（旧鍵も公開したまま）",
    en: "signs with a new key; the old one stays published",
  },
  "key-withdrawn": {
    ja: "署名鍵を替え、旧鍵の公開をやめる",
    en: "signs with a new key; the old one is published no more",
  },
} as const satisfies Record<string, Described>;

export type PlatformFaultMode = keyof typeof PLATFORM_FAULTS;

const MADE: Readonly<
  Record<Exclude<PlatformFaultMode, "none">, (amount: number) => PlatformFault>
> = {
  outage: (amount) => ({ kind: "refuse", status: 503, retryAfterSeconds: amount }),
  busy: (amount) => ({ kind: "refuse", status: 429, retryAfterSeconds: amount }),
  "rate-limit": (amount) => ({ kind: "rateLimit", requests: amount, seconds: 60 }),
  "server-error": () => ({ kind: "serverError" }),
  html: () => ({ kind: "webPage" }),
  truncated: () => ({ kind: "truncate" }),
  latency: (amount) => ({ kind: "latency", milliseconds: amount }),
  timeout: () => ({ kind: "silence" }),
  reset: () => ({ kind: "drop" }),
  "answer-lost": () => ({ kind: "loseAnswer" }),
  loss: (amount) => ({ kind: "loss", share: amount / 100 }),
  "clock-skew": (amount) => ({ kind: "clockSkew", milliseconds: amount * 1000 }),
  "token-expiry": () => ({ kind: "tokenExpiry" }),
  "key-rotation": () => ({ kind: "keyRotation", forget: false }),
  "key-withdrawn": () => ({ kind: "keyRotation", forget: true }),
};

/**
 * The fault a name means.
 *
 * @param amount in the unit of the mode; its default when absent
 * @returns undefined for `none`
 * @throws SimulatorError CONTROL_INVALID for an unknown name, or an amount that makes no sense for it
 */
export function faultNamed(mode: string, amount?: number): PlatformFault | undefined {
  if (!Object.hasOwn(PLATFORM_FAULTS, mode)) {
    const modes = Object.keys(PLATFORM_FAULTS).join(", ");
    throw invalid(`a platform has no fault "${mode}"; it has ${modes}`);
  }
  const known = mode as PlatformFaultMode;
  const { amount: described }: Described = PLATFORM_FAULTS[known];
  if (amount !== undefined) requireSense(known, described, amount);
  if (known === "none") return undefined;
  return MADE[known](amount ?? described?.default ?? 0);
}

function requireSense(mode: PlatformFaultMode, described: Described["amount"], amount: number) {
  if (described === undefined) throw invalid(`${mode} takes no amount`);
  const { unit } = described;
  const least = mode === "clock-skew" ? -Infinity : unit === "requests" ? 1 : 0;
  const most = unit === "percent" ? 100 : 10_000_000;
  const whole = unit === "percent" || Number.isInteger(amount);
  if (whole && amount >= least && amount <= most) return;
  throw invalid(`${amount} ${unit} make no sense for ${mode}`);
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("CONTROL_INVALID", message);
}

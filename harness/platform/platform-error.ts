/** Why a platform gave no answer a caller can use. "Could not check" is an answer, not an error. */
import { BenchError, type BenchErrorCode } from "../errors.ts";

export type PlatformErrorCode = Extract<BenchErrorCode, `PLATFORM_${string}`>;

export interface PlatformErrorDetails {
  /** HTTP status, when an answer came. */
  readonly status?: number | undefined;
  /** `error` of the answer: an OAuth code (RFC 6749 section 5.2) or one of the platform's own. */
  readonly refusal?: string | undefined;
  /** The platform's own reason behind it: an `error_description` that is a code of the profile. */
  readonly detail?: string | undefined;
  /** Seconds the platform asks to wait (RFC 9110 section 10.2.3). */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * `PLATFORM_UNREACHABLE`: no answer, or 429 / 502 / 503 / 504; trying later may help.
 * `PLATFORM_REFUSED`: the platform said no; `refusal` says why.
 * `PLATFORM_PROTOCOL`: an answer that does not fit the profile. It must not be acted upon.
 */
export class PlatformError extends BenchError {
  override readonly name = "PlatformError";
  declare readonly code: PlatformErrorCode;
  readonly status: number | undefined;
  readonly refusal: string | undefined;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: PlatformErrorCode, message: string, details: PlatformErrorDetails = {}) {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.status = details.status;
    this.refusal = details.refusal;
    this.detail = details.detail;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export function protocolError(message: string, cause?: unknown): PlatformError {
  return new PlatformError("PLATFORM_PROTOCOL", message, { cause });
}

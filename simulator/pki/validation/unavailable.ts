/**
 * Why there is no usable answer about a certificate, in words a program can tell apart. Only
 * `tryLater` and `internalError` are worth asking again (platform-facts 8.3, PK-18).
 */
import { SimulatorError } from "../../errors.ts";
import type { OcspError } from "../ocsp/response.ts";

export type StatusProblem =
  /** Nothing came back in time. */
  | "timeout"
  /** The connection could not be made, or broke. */
  | "connection"
  /** An HTTP status other than 200, and not one of those that refuse the asker. */
  | "http"
  /** A body of another type than was asked for: the web page of somebody in between. */
  | "contentType"
  /** The body is not what it says it is. */
  | "malformedAnswer"
  /** The responder refused; `unauthorized` is also what a list is refused with, by HTTP 401 or 403. */
  | OcspError
  /** The signature is not by whom it has to be. */
  | "signature"
  /** Whoever signed may not answer for this CA. */
  | "responder"
  | "nonce"
  /** Out of date, from the future, or contradicting itself. */
  | "time"
  /** The answer is about another certificate. */
  | "otherCertificate"
  /** The list is of another CA or another generation. */
  | "otherList"
  /** The list is of the right CA, and does not cover the certificate: of another place, or of a part. */
  | "otherScope"
  /** The list is older than one already seen. */
  | "rollback"
  /** No trusted CA issued the certificate, so there is nobody to ask. */
  | "issuer";

export class StatusUnavailable extends SimulatorError {
  override readonly name = "StatusUnavailable";
  readonly problem: StatusProblem;
  /** Seconds after which the service wants to be asked again, when it said so (PK-27). */
  readonly retryAfter?: number;

  constructor(
    problem: StatusProblem,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfter?: number } = {},
  ) {
    const { retryAfter, ...rest } = options;
    super("PKI_STATUS_UNAVAILABLE", message, rest);
    this.problem = problem;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

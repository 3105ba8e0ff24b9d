/** The one error of かざし利用クライアントソフト, on both sides of every wire: a page loads it, too. */
import { SimulatorError } from "../errors.ts";
import { GUIDANCE, type Guidance, type Reason } from "./reasons.ts";

export interface RefusalDetails {
  /** Tries left on the PIN that was presented, when the card told. */
  readonly triesLeft?: number;
  /** With an outdated part: its version, and the one that is needed. */
  readonly found?: string;
  readonly needed?: string;
}

/** Holds neither a PIN nor anything read from the card. */
export class ClientSoftwareError extends SimulatorError {
  override readonly name = "ClientSoftwareError";
  readonly reason: Reason;
  readonly details: RefusalDetails;

  constructor(reason: Reason, details: RefusalDetails = {}, options?: { cause?: unknown }) {
    super("CLIENT_SOFTWARE_REFUSED", `${reason}: ${GUIDANCE[reason].en}`, options);
    this.reason = reason;
    this.details = details;
  }

  /** What a person can do about it. */
  get guidance(): Guidance {
    return GUIDANCE[this.reason];
  }
}

/** @returns the error itself, or `otherwise` for one that is none of the software's */
export function refusalOf(error: unknown, otherwise: Reason): ClientSoftwareError {
  return error instanceof ClientSoftwareError
    ? error
    : new ClientSoftwareError(otherwise, {}, { cause: error });
}

/**
 * What may happen to a certificate after it was issued (card-facts section 8, platform-facts 5.3):
 * revoked once and for all, or put on hold, which is never released and can only become final.
 */
import { SimulatorError } from "../../errors.ts";
import type { RevocationReason } from "../status.ts";

/** CRLReason of RFC 5280 section 5.3.1. 8, removeFromCRL, is missing on purpose. */
export const REASON_CODE: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
};

export interface Revocation {
  readonly serial: number;
  readonly reason: RevocationReason;
  /** The date that stands in lists and answers. */
  readonly revokedAt: Date;
  /** When the CA was told; decides from which publication on it can be seen. */
  readonly recordedAt: Date;
}

/** @throws SimulatorError PKI_REASON_FORBIDDEN for anything but the seven reasons JPKI uses */
export function parseReason(text: string): RevocationReason {
  const found = (Object.keys(REASON_CODE) as RevocationReason[]).find((reason) => reason === text);
  if (found !== undefined) return found;
  const known = Object.keys(REASON_CODE).join(", ");
  throw new SimulatorError("PKI_REASON_FORBIDDEN", `"${text}" is no reason; use one of ${known}`);
}

/** The reason with this CRLReason code; undefined for 8 and for codes JPKI never uses. */
export function reasonOfCode(code: number): RevocationReason | undefined {
  return (Object.keys(REASON_CODE) as RevocationReason[]).find(
    (reason) => REASON_CODE[reason] === code,
  );
}

/**
 * What is true of a certificate after another step.
 *
 * @param earlier what was true before, if anything
 * @returns `later`, with the date of a hold that became final: it was of no use from that day on
 * @throws SimulatorError PKI_ALREADY_REVOKED unless `earlier` is a hold and `later` is none
 */
export function follow(earlier: Revocation | undefined, later: Revocation): Revocation {
  if (earlier === undefined) return later;
  if (earlier.reason !== "certificateHold" || later.reason === "certificateHold") {
    throw new SimulatorError(
      "PKI_ALREADY_REVOKED",
      `${later.serial} was revoked (${earlier.reason}) at ${earlier.revokedAt.toISOString()}`,
    );
  }
  return { ...later, revokedAt: earlier.revokedAt };
}

/** Status sources put together: the next is asked when one has no usable answer. */
import { SimulatorError } from "../../errors.ts";
import type { StatusSource } from "../status.ts";

/**
 * Asks one source after another until one knows. For OCSP with the lists to fall back on, as
 * 類型① does, and for the lists of both CAs, of which each knows its own certificates.
 *
 * Rejects with what the first source said when none has an answer.
 */
export function inTurn(first: StatusSource, ...rest: readonly StatusSource[]): StatusSource {
  return {
    async check(certificate) {
      try {
        return await first.check(certificate);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        for (const next of rest) {
          const status = await next.check(certificate).catch(keepUnavailable);
          if (status !== undefined) return status;
        }
        throw error;
      }
    },
  };
}

function keepUnavailable(error: unknown): undefined {
  if (!isUnavailable(error)) throw error;
}

function isUnavailable(error: unknown): boolean {
  return error instanceof SimulatorError && error.code === "PKI_STATUS_UNAVAILABLE";
}

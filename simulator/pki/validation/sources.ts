/** Status sources put together: the next is asked when one has no usable answer. */
import { SimulatorError } from "../../errors.ts";
import type { StatusSource } from "../status.ts";
import { StatusUnavailable } from "./unavailable.ts";

/**
 * Asks one source after another until one knows. For OCSP with the lists to fall back on, as
 * 類型① does, and for the lists of both CAs, of which each knows its own certificates.
 *
 * When none has an answer, rejects with what the first said whom the certificate concerns; the message
 * has what all of them said, for each failed in a way of its own.
 */
export function inTurn(first: StatusSource, ...rest: readonly StatusSource[]): StatusSource {
  return {
    async check(certificate) {
      const failures: SimulatorError[] = [];
      for (const source of [first, ...rest]) {
        try {
          return await source.check(certificate);
        } catch (error) {
          if (!isUnavailable(error)) throw error;
          failures.push(error);
        }
      }
      throw together(failures);
    },
  };
}

/** That a list is another CA's says nothing about why the right one could not be used. */
function together(failures: readonly SimulatorError[]): unknown {
  const main = failures.find((one) => !isElsewhere(one)) ?? failures[0];
  if (!(main instanceof StatusUnavailable) || failures.length === 1) return main;
  const { problem, retryAfter } = main;
  const others = failures.filter((one) => one !== main).map(({ message }) => message);
  return new StatusUnavailable(problem, [main.message, ...others].join("; also: "), {
    cause: main,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

function isElsewhere(error: SimulatorError): boolean {
  return error instanceof StatusUnavailable && error.problem === "otherList";
}

function isUnavailable(error: unknown): error is SimulatorError {
  return error instanceof SimulatorError && error.code === "PKI_STATUS_UNAVAILABLE";
}

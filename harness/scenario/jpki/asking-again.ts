/**
 * A status source that is asked again where that may help: the responder said `tryLater` or
 * `internalError` (RFC 6960 section 2.3). Everything else says the same the second time.
 */
import {
  type StatusProblem,
  type StatusSource,
  StatusUnavailable,
} from "../../../simulator/pki/index.ts";

const PASSING: ReadonlySet<StatusProblem> = new Set<StatusProblem>(["tryLater", "internalError"]);

/** @param times how often at most, after the first time */
export function askingAgain(source: StatusSource, times: number): StatusSource {
  return {
    check: async (certificate) => {
      for (let left = times; ; left -= 1) {
        try {
          return await source.check(certificate);
        } catch (error) {
          if (left === 0 || !isPassing(error)) throw error;
        }
      }
    },
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof StatusUnavailable && PASSING.has(error.problem);
}

/**
 * Asking 地方認証PF about a certificate by OCSP方式, CRL方式 or both (platform-facts section 2), and what the
 * window makes of the answers.
 */
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import {
  answerFrom,
  decide,
  type LocalAuthPfClient,
  type LocalAuthVerdict,
  type WindowDecision,
} from "../../platform/index.ts";

export interface MethodAnswer {
  readonly method: CheckMethod;
  /** Undefined where nobody could be reached. */
  readonly verdict: LocalAuthVerdict | undefined;
}

export interface Inquiry {
  readonly answers: readonly MethodAnswer[];
  readonly decision: WindowDecision;
}

/** @throws PlatformError PLATFORM_REFUSED or PLATFORM_PROTOCOL, which say nothing about the person */
export async function inquire(
  clients: ReadonlyMap<CheckMethod, LocalAuthPfClient>,
  certificate: Uint8Array,
): Promise<Inquiry> {
  const answers = await Promise.all(
    [...clients].map(async ([method, client]) => ({
      method,
      verdict: await answerFrom(client, certificate, "auth"),
    })),
  );
  return { answers, decision: decide(answers.map(({ verdict }) => verdict)) };
}

/**
 * What is done at a window with the answers of 地方認証プラットフォーム (platform-facts section 2): serve the
 * person, turn the certificate away, or identify the person otherwise because nothing could be found
 * out.
 */
import type { CertificateKind, StatusEvidence } from "../../simulator/pki/index.ts";
import type { LocalAuthPfClient, LocalAuthVerdict } from "./local-auth-pf-client.ts";
import { PlatformError } from "./platform-error.ts";

export type WindowDecision =
  /** `evidence` is what the clerk sees: the newest data that speaks for the certificate. */
  | { readonly action: "serve"; readonly evidence: StatusEvidence }
  | { readonly action: "turnAway"; readonly answer: LocalAuthVerdict }
  /** 目視等による本人確認. */
  | { readonly action: "identifyOtherwise"; readonly why: "unconfirmed" | "unreachable" };

/** An answer, or none because nobody could be reached. */
export type WindowAnswer = LocalAuthVerdict | undefined;

/** @throws PlatformError PLATFORM_REFUSED or PLATFORM_PROTOCOL, which say nothing about the person */
export async function answerFrom(
  client: LocalAuthPfClient,
  certificate: Uint8Array,
  kind: CertificateKind,
): Promise<WindowAnswer> {
  try {
    return await client.verify(certificate, kind);
  } catch (error) {
    if (error instanceof PlatformError && error.code === "PLATFORM_UNREACHABLE") return undefined;
    throw error;
  }
}

/**
 * One "no" is enough: a revocation is never taken back, so an answer without it is only older. What
 * could not be checked is no answer at all.
 */
export function decide(answers: readonly WindowAnswer[]): WindowDecision {
  const told = answers.filter((answer) => answer !== undefined);
  const no = told.find(({ result }) => result !== "valid" && result !== "unconfirmed");
  if (no !== undefined) return { action: "turnAway", answer: no };
  const [evidence] = told
    .flatMap((answer) => (answer.result === "valid" ? [answer.evidence] : []))
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  if (evidence !== undefined) return { action: "serve", evidence };
  return { action: "identifyOtherwise", why: told.length > 0 ? "unconfirmed" : "unreachable" };
}

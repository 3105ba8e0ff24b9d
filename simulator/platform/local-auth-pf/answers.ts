/** Answers and refusals of 地方認証PF in the words of a profile. What they mean is in outcome.ts. */
import { evidenceAnswer } from "../evidence.ts";
import type { Refusal } from "../refusal.ts";
import { toWire } from "../wire.ts";
import type { LocalAuthOutcome } from "./outcome.ts";
import type { LocalAuthPfProfile } from "./profile.ts";

export function refusalAnswer(profile: LocalAuthPfProfile, { meaning, message }: Refusal) {
  return toWire(profile.answerFields, {
    error: profile.errors[meaning as keyof LocalAuthPfProfile["errors"]],
    errorDescription: message,
    notice: profile.notice,
  });
}

export function verificationAnswer(profile: LocalAuthPfProfile, outcome: LocalAuthOutcome) {
  const revocation = outcome.result === "revoked" ? outcome.revocation : undefined;
  const evidence = "evidence" in outcome ? outcome.evidence : undefined;
  return toWire(profile.answerFields, {
    result: profile.results[outcome.result],
    reason: outcome.result === "invalid" ? profile.invalidReasons[outcome.reason] : undefined,
    revocationReason: revocation?.reason,
    revokedAt: revocation?.revokedAt.toISOString(),
    evidence: evidence && evidenceAnswer(profile, evidence),
    notice: profile.notice,
  });
}

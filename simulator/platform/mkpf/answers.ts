/** MKPF's answers and refusals in the words of a profile. What they mean is in outcome.ts. */
import { evidenceAnswer } from "../evidence.ts";
import type { Refusal } from "../refusal.ts";
import { toWire } from "../wire.ts";
import type { ProofSeen, SignStatusOutcome, ValidityOutcome } from "./outcome.ts";
import type { MkpfProfile } from "./profile.ts";

export type MkpfErrorMeaning = keyof MkpfProfile["errors"];

export function refusalAnswer(profile: MkpfProfile, { meaning, message }: Refusal) {
  return toWire(profile.answerFields, {
    error: profile.errors[meaning as MkpfErrorMeaning],
    errorDescription: message,
    notice: profile.notice,
  });
}

export function validityAnswer(profile: MkpfProfile, outcome: ValidityOutcome, proof: ProofSeen) {
  return toWire(profile.answerFields, {
    result: profile.results[outcome.result],
    ...validityDetails(profile, outcome),
    proof: profile.proofs[proof],
    notice: profile.notice,
  });
}

export function admissionAnswer({ answerFields, admissions, notice }: MkpfProfile) {
  return toWire(answerFields, { result: admissions.admitted, notice });
}

export function unlinkAnswer({ answerFields, unlinked, notice }: MkpfProfile) {
  return toWire(answerFields, { result: unlinked.unlinked, notice });
}

function validityDetails(profile: MkpfProfile, outcome: ValidityOutcome) {
  switch (outcome.result) {
    case "valid":
      return {
        ppid: outcome.ppid,
        registration: profile.registrations[outcome.registration],
        evidence: evidenceAnswer(profile, outcome.evidence),
      };
    case "invalid":
      return {
        reason: profile.invalidReasons[outcome.reason],
        revocationReason: outcome.revocation?.reason,
        revokedAt: outcome.revocation?.revokedAt.toISOString(),
        evidence: evidenceAnswer(profile, outcome.evidence),
      };
    case "unconfirmed":
      return {
        reason: profile.unconfirmedReasons[outcome.reason],
        retryAfterSeconds: outcome.retryAfterSeconds,
      };
  }
}

export function signStatusAnswer(profile: MkpfProfile, outcome: SignStatusOutcome) {
  const { evidence, revokedAt } = { evidence: undefined, revokedAt: undefined, ...outcome };
  return toWire(profile.answerFields, {
    result: profile.signStatuses[outcome.status],
    revokedAt: revokedAt?.toISOString(),
    evidence: evidence && evidenceAnswer(profile, evidence),
    notice: profile.notice,
  });
}

/**
 * Reads MKPF's answers by the names of a profile. A valid answer must have a PPID, and no other may.
 */
import type {
  ProofSeen,
  SignStatusOutcome,
  ValidityOutcome,
} from "../../simulator/platform/mkpf/outcome.ts";
import type { MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { fromWire } from "../../simulator/platform/wire.ts";
import {
  codeOf,
  readEvidence,
  readObject,
  readRevocation,
  readRevocationData,
  readText,
  readTime,
} from "./answer-fields.ts";
import { protocolError } from "./platform-error.ts";

/** The verdict, and whether the platform saw a proof that the card was there. */
export type MkpfValidity = ValidityOutcome & { readonly proof: ProofSeen };

export type MkpfSignStatus = SignStatusOutcome;

type Fields = ReturnType<typeof readFields>;

/** @throws PlatformError PLATFORM_PROTOCOL */
export function readValidityAnswer(profile: MkpfProfile, body: unknown): MkpfValidity {
  const fields = readFields(profile, body);
  const proof = codeOf(profile.proofs, fields.proof, "proof");
  const result = codeOf(profile.results, fields.result, "result");
  if (result !== "valid" && fields.ppid !== undefined) {
    throw protocolError(`the answer has a PPID although its result is "${result}"`);
  }
  switch (result) {
    case "valid":
      return { result, proof, ...readValid(profile, fields) };
    case "invalid":
      return { result, proof, ...readInvalid(profile, fields) };
    case "unconfirmed":
      return { result, proof, ...readUnconfirmed(profile, fields) };
  }
}

/** @throws PlatformError PLATFORM_PROTOCOL */
export function readSignStatusAnswer(profile: MkpfProfile, body: unknown): MkpfSignStatus {
  const fields = readFields(profile, body);
  const status = codeOf(profile.signStatuses, fields.result, "result");
  switch (status) {
    case "unchanged":
      return { status, evidence: readRevocationData(profile, fields.evidence) };
    case "maybeChanged":
      return {
        status,
        revokedAt: readTime(fields.revokedAt, "revokedAt"),
        evidence: readRevocationData(profile, fields.evidence),
      };
    case "lapsed":
      return fields.evidence === undefined
        ? { status }
        : { status, evidence: readRevocationData(profile, fields.evidence) };
    default:
      return { status };
  }
}

/** @throws PlatformError PLATFORM_PROTOCOL */
export function readUnlinkAnswer(profile: MkpfProfile, body: unknown): void {
  codeOf(profile.unlinked, readFields(profile, body).result, "result");
}

function readValid(profile: MkpfProfile, fields: Fields) {
  return {
    ppid: readText(fields.ppid, "ppid"),
    registration: codeOf(profile.registrations, fields.registration, "registration"),
    evidence: readRevocationData(profile, fields.evidence),
  };
}

function readInvalid(profile: MkpfProfile, fields: Fields) {
  const reason = codeOf(profile.invalidReasons, fields.reason, "reason");
  const evidence = readEvidence(profile, fields.evidence);
  if (reason !== "revoked") return { reason, evidence };
  return { reason, evidence, revocation: readRevocation(fields) };
}

function readUnconfirmed(profile: MkpfProfile, { reason, retryAfterSeconds: wait }: Fields) {
  const why = { reason: codeOf(profile.unconfirmedReasons, reason, "reason") };
  if (wait === undefined) return why;
  if (typeof wait === "number" && wait >= 0) return { ...why, retryAfterSeconds: wait };
  throw protocolError("the answer's retryAfterSeconds is no number of seconds");
}

function readFields(profile: MkpfProfile, body: unknown) {
  return fromWire(profile.answerFields, readObject(body, "answer"));
}

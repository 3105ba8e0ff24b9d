/**
 * What MKPF can answer, in words of the domain (platform-facts 1.4, MK-06 to MK-13). The wire codes for
 * these are in the profile; both the emulator and the client of the bench speak of these types.
 */
import type { RevocationReason, StatusEvidence } from "../../pki/status.ts";
import type { SettledVerdict } from "../checker.ts";
import type { AnswerEvidence } from "../evidence.ts";

/** Why a certificate is 無効. */
export type InvalidReason = Exclude<SettledVerdict["verdict"], "valid" | "unchecked">;

/** Why nothing can be said: 確認不可. Each may pass. */
export type UnconfirmedReason =
  /** No usable OCSP answer or list. */
  | "statusUnavailable"
  /** The certificate is too young to be linked with the one it replaced (MK-13). */
  | "linkagePending"
  | "linkageUnavailable";

/**
 * `new`: the first PPID of this person for this system. `known`: the one they already had.
 * `replaced`: another one after a renewal, under the rule `ppidOnRenewal: "new"`.
 */
export type PpidRegistration = "new" | "known" | "replaced";

/** Whether the caller showed that the card signed something just now (MK-08). */
export type ProofSeen =
  | "verified"
  /** Only a certificate came: it may be a copy. */
  | "missing"
  /** The same signature has been shown before. */
  | "replayed";

export type ValidityOutcome =
  | {
      readonly result: "valid";
      readonly ppid: string;
      readonly registration: PpidRegistration;
      readonly evidence: StatusEvidence;
    }
  | {
      readonly result: "invalid";
      readonly reason: InvalidReason;
      readonly evidence: AnswerEvidence;
      readonly revocation?: { readonly reason: RevocationReason; readonly revokedAt: Date };
    }
  | {
      readonly result: "unconfirmed";
      readonly reason: UnconfirmedReason;
      readonly retryAfterSeconds?: number;
    };

/** Function 5, 署名用電子証明書 status: a change detector (platform-facts 1.2). */
export type SignStatusOutcome =
  | { readonly status: "unchanged"; readonly evidence: StatusEvidence }
  /** 4情報変更の可能性: revoked because what it states has changed. Ask the user to confirm. */
  | { readonly status: "maybeChanged"; readonly revokedAt: Date; readonly evidence: StatusEvidence }
  /** Expired, or revoked for another reason: says nothing about the 4情報. */
  | { readonly status: "lapsed"; readonly evidence?: StatusEvidence }
  /** 対象なし: the user has no 署名用 certificate. Not an error. */
  | { readonly status: "none" }
  | { readonly status: "unconfirmed" };

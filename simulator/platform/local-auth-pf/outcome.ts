/** What 地方認証PF can answer about a certificate, in words of the domain (platform-facts 8.5). */
import type { RevocationReason, StatusEvidence } from "../../pki/index.ts";
import type { AnswerEvidence } from "../evidence.ts";

export type LocalAuthOutcome =
  | { readonly result: "valid"; readonly evidence: StatusEvidence }
  | {
      readonly result: "revoked";
      readonly revocation: { readonly reason: RevocationReason; readonly revokedAt: Date };
      readonly evidence: StatusEvidence;
    }
  | { readonly result: "expired"; readonly evidence: AnswerEvidence }
  | {
      readonly result: "invalid";
      readonly reason: "notYetValid" | "unknown" | "wrongCa" | "wrongEnvironment" | "wrongKind";
      readonly evidence: AnswerEvidence;
    }
  /** A smartphone certificate where they are not enabled (LA-07). */
  | { readonly result: "unsupported" }
  /** This window may not ask about this kind of certificate (LA-09). */
  | { readonly result: "notPermitted" }
  /** 確認不可: neither good nor bad. Identify the person another way (LA-04). */
  | { readonly result: "unconfirmed" };

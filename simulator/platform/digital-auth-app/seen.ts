/** What デジタル認証アプリサービス has seen. No certificate, no token, no 4情報. */
import type { StatusEvidence } from "../../pki/index.ts";
import type { RefusalReason, Stall } from "./outcomes.ts";

export type DigitalAuthSeenEvent =
  /** `outcome` is `granted`, or the OAuth error code. */
  | { readonly request: "token"; readonly client?: string; readonly outcome: string }
  | {
      readonly request: "authorization";
      readonly client: string;
      readonly outcome: "granted";
      readonly sub: string;
      readonly scopes: readonly string[];
      readonly evidence: StatusEvidence;
    }
  | {
      readonly request: "authorization";
      readonly client: string;
      readonly outcome: "refused";
      readonly reason: RefusalReason;
    }
  /** The person got no further, and the service was told nothing. */
  | {
      readonly request: "authorization";
      readonly client: string;
      readonly outcome: "stalled";
      readonly reason: Stall;
    }
  /** The person took back what they had agreed to. */
  | { readonly request: "withdrawal"; readonly client: string; readonly grants: number }
  | {
      readonly request: "sign-transaction";
      readonly client: string;
      readonly step: "started" | "fetched";
    }
  /** `error` is a key of the profile's error table. */
  | { readonly request: "refused"; readonly path: string; readonly error: string };

/** `at` is the lab's time. */
export type DigitalAuthSeen = DigitalAuthSeenEvent & { readonly at: Date };

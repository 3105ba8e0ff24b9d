/**
 * What one environment of MKPF has seen, for scenarios to assert on. No field of these can hold a
 * certificate, a token or a secret.
 */
import type { StatusEvidence } from "../../pki/index.ts";
import type { CheckMethod } from "../checker.ts";
import type { ClientSoftwareApplication, ClientSoftwareDoubt } from "./client-software.ts";
import type { CounterReason } from "./counter/judge.ts";
import type { CounterMode } from "./counter/visits.ts";
import type { ProofSeen, SignStatusOutcome, ValidityOutcome } from "./outcome.ts";

export type MkpfSeenEvent =
  | {
      readonly request: "token";
      /** Absent when the caller was not recognised. */
      readonly system?: string;
      /** `granted`, or the OAuth error code. */
      readonly outcome: string;
    }
  | {
      readonly request: "validity";
      readonly system: string;
      readonly method: CheckMethod;
      readonly proof: ProofSeen;
      readonly outcome: ValidityOutcome;
    }
  | {
      /** 類型①: a person at a counter. */
      readonly request: "counter";
      readonly system: string;
      readonly mode: CounterMode;
      readonly outcome: "granted";
      readonly ppid: string;
      readonly evidence: StatusEvidence;
    }
  | {
      readonly request: "counter";
      readonly system: string;
      readonly mode: CounterMode;
      readonly outcome: "refused";
      readonly reason: CounterReason;
    }
  | {
      readonly request: "sign-certificate-status";
      readonly system: string;
      readonly ppid: string;
      readonly outcome: SignStatusOutcome;
    }
  | {
      /** かざし利用クライアントソフト, before it touches a card. */
      readonly request: "client-software";
      readonly edition: ClientSoftwareApplication["edition"];
      readonly outcome: "admitted" | ClientSoftwareDoubt;
    }
  | { readonly request: "unlink"; readonly system: string; readonly ppid: string }
  | {
      readonly request: "refused";
      readonly path: string;
      /** Key of the profile's error table. */
      readonly error: string;
    };

/** `at` is the lab's time. */
export type MkpfSeen = MkpfSeenEvent & { readonly at: Date };

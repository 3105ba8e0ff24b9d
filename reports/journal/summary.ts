/**
 * What a run came to: the shape every reporter is a function of. It is computed from the journal and
 * from nothing else (summarize.ts).
 */
import type {
  ApduExchanged,
  Bilingual,
  Effect,
  EvidenceNoted,
  Failure,
  HttpExchanged,
  Verdict,
} from "./events.ts";
import type { TruncatedTail } from "./reader.ts";

/** A verdict, or `interrupted` where none was ever written. */
export type Outcome = Verdict | "interrupted";

export interface StepSummary {
  readonly step: number;
  readonly title: Bilingual;
  readonly outcome: Exclude<Outcome, "skipped">;
  /** Absent when the step never ended. */
  readonly milliseconds?: number;
  /** Steps within this one, in order. */
  readonly steps: readonly StepSummary[];
}

export type Exchange = ApduExchanged | HttpExchanged;

export interface AttemptSummary {
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly outcome: Outcome;
  /** Wall time of its first event, ISO 8601 UTC. */
  readonly startedAt: string;
  /** Absent when it never ended. */
  readonly milliseconds?: number;
  readonly workers: readonly string[];
  readonly steps: readonly StepSummary[];
  /** With cards and platforms, in the order they happened. */
  readonly exchanges: readonly Exchange[];
  readonly evidence: readonly EvidenceNoted[];
  readonly failure?: Failure;
  /** Why it was skipped. */
  readonly reason?: Bilingual;
}

export interface ScenarioSummary {
  readonly run: string;
  readonly scenario: string;
  readonly title: Bilingual;
  readonly system: string;
  /** Absent, like `effect` and `version`, for a scenario that was never started. */
  readonly source?: string;
  readonly effect?: Effect;
  readonly version?: number;
  /** Of the last attempt. */
  readonly outcome: Outcome;
  /** Passed, but not at the first attempt. */
  readonly flaky: boolean;
  /** The attempt that counts. */
  readonly last: AttemptSummary;
  /** Those before it. */
  readonly earlier: readonly AttemptSummary[];
}

export interface Counts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly interrupted: number;
}

export interface SystemSummary {
  readonly system: string;
  readonly counts: Counts;
  /** Of the attempts that count, one after the other. */
  readonly milliseconds: number;
  readonly scenarios: readonly ScenarioSummary[];
}

/** Facts about one run. Where its shards disagree, the values stand side by side. */
export interface RunFacts {
  readonly run: string;
  readonly project?: string;
  readonly seed?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Over all shards that are there. */
  readonly planned: number;
  /** Wall time of the first and the last event, ISO 8601 UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly shards: readonly number[];
  /** Shards of which no journal is there. */
  readonly missingShards: readonly number[];
  /** Stopped by someone, or cut short: at least one shard never ended. */
  readonly interrupted: boolean;
}

/** `passed` only when everything planned ran, something passed and nothing failed. */
export type Conclusion = "passed" | "failed" | "incomplete";

export interface RunSummary {
  readonly conclusion: Conclusion;
  readonly counts: Counts;
  /** Passed after a retry. */
  readonly flaky: number;
  /** Planned, and not heard of. */
  readonly notRun: number;
  /** Usually one. */
  readonly runs: readonly RunFacts[];
  /** By name. */
  readonly systems: readonly SystemSummary[];
  /** By id, numbers by value: MK-2 before MK-10. */
  readonly scenarios: readonly ScenarioSummary[];
  /** There when the journal ends in a torn line. */
  readonly truncated?: TruncatedTail;
}

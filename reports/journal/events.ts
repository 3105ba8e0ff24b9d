/**
 * The one record of a run: what each line of `journal.ndjson` holds. Everything a report shows is
 * computed from these events and from nothing else.
 *
 * Events are appended and flushed as they happen by every worker of a run, so a journal that ends
 * abruptly is still evidence of what ran. Merging the shards of a run is concatenating their
 * journals: events are joined by `run` and `scenario` keys, never by their place in the file.
 *
 * Nothing secret may reach a journal. What is written here was redacted where it was captured.
 */

export const JOURNAL_VERSION = 1;

/** A text in the two languages of the product, Japanese first. */
export interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

export type Effect = "read-only" | "spends-tries" | "changes-card" | "destroys-card";

export type Verdict = "passed" | "failed" | "skipped";

interface Stamp {
  /** Wall time, ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  /** Monotonic milliseconds since the writing process started; orders events of one `worker`. */
  readonly t: number;
  /** `main`, or the number of the worker that wrote the line. */
  readonly worker: string;
  /** Identifies the run; shards of one run share it when they are started with the same id. */
  readonly run: string;
}

export interface RunStarted extends Stamp {
  readonly type: "run-started";
  readonly version: typeof JOURNAL_VERSION;
  readonly project: string;
  readonly seed: string;
  readonly shard?: { readonly index: number; readonly count: number };
  /** Names and versions of what ran: jpki-bench, node, platform, reader driver. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many scenarios will run, in this shard where there are several. */
  readonly planned: number;
}

/** Says which attempt at which scenario an event belongs to. */
export interface InScenario extends Stamp {
  /** Scenario id, for example `MK-06`. */
  readonly scenario: string;
  /** 1 for the first attempt, 2 for the first retry. */
  readonly attempt: number;
}

export interface ScenarioStarted extends InScenario {
  readonly type: "scenario-started";
  readonly title: Bilingual;
  readonly system: string;
  readonly source: string;
  readonly effect: Effect;
  readonly scenarioVersion: number;
}

export interface StepStarted extends InScenario {
  readonly type: "step-started";
  /** Numbered from 1 within the attempt; nested steps have a `parent`. */
  readonly step: number;
  readonly parent?: number;
  readonly title: Bilingual;
}

export interface StepEnded extends InScenario {
  readonly type: "step-ended";
  readonly step: number;
  readonly verdict: Exclude<Verdict, "skipped">;
  readonly milliseconds: number;
}

/** One exchange with a card, decoded and redacted at the reader boundary. */
export interface ApduExchanged extends InScenario {
  readonly type: "apdu";
  readonly step?: number;
  readonly reader: string;
  /** What the command is: `VERIFY 利用者証明用PIN`. */
  readonly label: Bilingual;
  /** Hexadecimal, with secrets already replaced by markers such as `‹PIN›`. */
  readonly command: string;
  readonly response: string;
  /** Status word as four hexadecimal digits; absent when the exchange failed. */
  readonly sw?: string;
  readonly meaning?: Bilingual;
  /** Error code, when no response came. */
  readonly error?: string;
  readonly milliseconds: number;
}

/** One HTTP exchange with a platform, redacted at the client. */
export interface HttpExchanged extends InScenario {
  readonly type: "http";
  readonly step?: number;
  readonly peer: string;
  readonly method: string;
  /** Path and query, without credentials. */
  readonly path: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly milliseconds: number;
}

/** A fact a verdict rests on: OCSP producedAt, CRL thisUpdate, tries left, a serial number. */
export interface EvidenceNoted extends InScenario {
  readonly type: "evidence";
  readonly step?: number;
  readonly label: Bilingual;
  readonly value: string;
}

export interface Failure {
  /** Stable code where the error had one. */
  readonly code?: string;
  readonly message: string;
  /** Expected and actual, printed, when it was an assertion. */
  readonly expected?: string;
  readonly actual?: string;
  /** `scenarios/card/pin.scenario.ts:42`, relative to the working directory. */
  readonly location?: string;
}

export interface ScenarioEnded extends InScenario {
  readonly type: "scenario-ended";
  readonly verdict: Verdict;
  readonly milliseconds: number;
  readonly title: Bilingual;
  readonly system: string;
  readonly failure?: Failure;
  /** Why it was skipped. */
  readonly reason?: Bilingual;
}

export interface RunEnded extends Stamp {
  readonly type: "run-ended";
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly milliseconds: number;
  /** Whether the run was stopped before everything planned had run. */
  readonly interrupted: boolean;
}

export type JournalEvent =
  | RunStarted
  | ScenarioStarted
  | StepStarted
  | StepEnded
  | ApduExchanged
  | HttpExchanged
  | EvidenceNoted
  | ScenarioEnded
  | RunEnded;

/** An event of one attempt at one scenario. */
export type ScenarioEvent = Extract<JournalEvent, InScenario>;

/** An event as its author gives it: the writer adds `at`, `t`, `worker` and `run`. */
export type Unstamped<E extends JournalEvent = JournalEvent> = E extends JournalEvent
  ? Omit<E, keyof Stamp>
  : never;

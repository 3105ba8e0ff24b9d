/** What can be wrong with a journal that is handed in as evidence. */

export type EvidenceFlaw =
  /** A line is no event of this format. */
  | "damaged"
  /** The last line ends in the middle. */
  | "torn"
  /** Events of more than one run. */
  | "several-runs"
  /** Events before a run says that it starts, or no run at all. */
  | "no-start"
  /** The run never said that it ended. */
  | "no-end"
  /** Events behind the end of their run. */
  | "after-end"
  | "interrupted"
  /** Not all shards, or one of them twice. */
  | "shards"
  /** A writer's own time runs backwards. */
  | "order"
  /** An event of an attempt, or of a step, that never began or never ended. */
  | "gap"
  /** The run counted other verdicts than stand in its lines, or planned other scenarios. */
  | "counts";

export interface EvidenceFinding {
  readonly flaw: EvidenceFlaw;
  /** Of the journal, counted from 1; absent where it is about the whole. */
  readonly line?: number;
  /** What exactly, in English and with numbers. */
  readonly detail: string;
}

/** Where a person is asked to do something with their hands, and says that it is done. */
import type { Bilingual } from "../../../reports/index.ts";

export interface OperatorPrompt {
  /** Of this prompt alone: an answer names the prompt it is for. */
  readonly id: string;
  readonly title: Bilingual;
  /** Drawn in characters, for a terminal and a page alike. */
  readonly picture: string;
  /** Milliseconds the person has. */
  readonly milliseconds: number;
}

export type OperatorAnswer = "done" | "not-possible";

export interface OperatorDesk {
  /** `terminal`, `http`. */
  readonly name: string;
  /**
   * Shows the prompt until it is answered or `over` is aborted, and then shows it no more.
   *
   * @throws BenchError ACTUATOR_LOST when nobody can answer any more, ACTUATOR_NOT_FOUND
   */
  ask(prompt: OperatorPrompt, over: AbortSignal): Promise<OperatorAnswer>;
  close(): Promise<void>;
}

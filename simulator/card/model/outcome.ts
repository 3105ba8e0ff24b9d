/** What the model says a card has to do with one action. */
import type { ModelAp } from "./tables.ts";

/** What outlives the power, by `ap/file`. */
export interface Lasting {
  readonly triesLeft: Readonly<Record<string, number>>;
  readonly pins: Readonly<Record<string, string>>;
}

/** Where the data of an answer come from. */
export type Source =
  | { readonly of: "file"; readonly ap: ModelAp; readonly file: number; readonly offset: number }
  | {
      readonly of: "key";
      readonly ap: ModelAp;
      readonly file: number;
      readonly mode: number;
      readonly input: number;
    };

export interface Outcome {
  /** The statuses the facts allow; `refused` where they leave open which error it is. */
  readonly sw: readonly number[] | "refused";
  /** Number of data bytes with 9000, where the facts give it. */
  readonly bytes?: number;
  readonly source?: Source;
  /** What was made durable, in order, before the answer. */
  readonly saves: readonly Lasting[];
}

/** An answer without data that leaves nothing behind. */
export function status(...sw: readonly number[]): Outcome {
  return { sw, saves: [] };
}

export const REFUSED: Outcome = { sw: "refused", saves: [] };

/** 9000 and data. */
export function data(bytes?: number, source?: Source): Outcome {
  return {
    sw: [0x9000],
    ...(bytes === undefined ? {} : { bytes }),
    ...(source === undefined ? {} : { source }),
    saves: [],
  };
}

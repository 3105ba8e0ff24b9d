/**
 * What a card was asked in a scenario and what it said, in a form that two readers can be compared
 * by. Readers differ in how they cut a file into pieces (short or extended commands, limits of a
 * message), so a run of pieces with the same answer counts as one act.
 */
import type { Bilingual } from "../journal/events.ts";
import type { AttemptSummary } from "../journal/summary.ts";

export interface Act {
  /** The command, without the range of bytes it asked for. */
  readonly label: Bilingual;
  /** Status word, or the code of the error that came instead of a response. */
  readonly answer: string;
}

/** The acts of an attempt in their order, neighbours that are the same folded into one. */
export function behaviourOf({ exchanges }: AttemptSummary): readonly Act[] {
  const acts: Act[] = [];
  for (const exchange of exchanges) {
    if (exchange.type !== "apdu") continue;
    const { ja, en } = exchange.label;
    const label = { ja: withoutRange(ja), en: withoutRange(en) };
    const act = { label, answer: exchange.sw ?? exchange.error ?? "" };
    const last = acts.at(-1);
    if (last === undefined || !sameAct(last, act)) acts.push(act);
  }
  return acts;
}

export function sameAct(one: Act | undefined, other: Act | undefined): boolean {
  return one?.label.en === other?.label.en && one?.answer === other?.answer;
}

/** Place of the first act in which the behaviours are not all the same; undefined when they are. */
export function firstDifference(behaviours: readonly (readonly Act[])[]): number | undefined {
  const longest = Math.max(0, ...behaviours.map((acts) => acts.length));
  for (let place = 0; place < longest; place += 1) {
    const [first, ...others] = behaviours.map((acts) => acts[place]);
    if (others.some((other) => !sameAct(first, other))) return place;
  }
  return undefined;
}

/** `READ BINARY 利用者証明用電子証明書 [0..255]` to the same without the range. */
function withoutRange(label: string): string {
  return label.replace(/ \[[^\]]*\]$/, "");
}

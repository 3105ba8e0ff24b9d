/** Runs to be compared, each written down as its reader would have told it. */
import type { ComparedRun } from "../compare/comparison.ts";
import type { JournalEvent, Verdict } from "../journal/events.ts";
import { summarize } from "../journal/summarize.ts";
import { stamped } from "./stamped.ts";

/** Command, what came back (status word or code of an error), milliseconds. */
export type Said = readonly [command: string, answer: string, milliseconds: number];

export interface Told {
  readonly verdict: Verdict;
  readonly said?: readonly Said[];
  readonly code?: string;
  readonly reason?: string;
}

/** A run of `scenarios` under the name its column shall have. */
export function comparedRun(label: string, scenarios: Readonly<Record<string, Told>>): ComparedRun {
  const events = Object.entries(scenarios).flatMap(([id, told]) => eventsOf(id, told));
  return { label, summary: summarize(events.map((event, t) => ({ ...event, t, run: label }))) };
}

function eventsOf(scenario: string, { verdict, said = [], code, reason }: Told): JournalEvent[] {
  const keys = { scenario, attempt: 1 };
  const exchanges = said.map(([command, answer, milliseconds]) =>
    stamped(0, {
      type: "apdu",
      ...keys,
      reader: "reader",
      label: { ja: command, en: command },
      command: "00",
      response: "",
      ...(/^[0-9A-F]{4}$/.test(answer) ? { sw: answer } : { error: answer }),
      milliseconds,
    }),
  );
  const ended = stamped(0, {
    type: "scenario-ended",
    ...keys,
    verdict,
    milliseconds: 1,
    title: { ja: `${scenario}の題`, en: `Title of ${scenario}` },
    system: "card",
    ...(code === undefined ? {} : { failure: { code, message: "it failed" } }),
    ...(reason === undefined ? {} : { reason: { ja: reason, en: reason } }),
  });
  return [...exchanges, ended];
}

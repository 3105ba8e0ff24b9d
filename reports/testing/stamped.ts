/** Events as a test writes them down: stamped from a time that stands in the test. */
import type { JournalEvent, Unstamped } from "../journal/events.ts";

const START = Date.parse("2026-11-21T06:04:05.000Z");

export interface Hand {
  readonly run?: string;
  readonly worker?: string;
}

/** `event` as `worker` wrote it `t` milliseconds after 2026-11-21 15:04:05 in Japan. */
export function stamped(
  t: number,
  event: Unstamped,
  { run = "run-1", worker = "1" }: Hand = {},
): JournalEvent {
  return { at: new Date(START + t).toISOString(), t, worker, run, ...event } as JournalEvent;
}

/** The text of a journal that holds `events`. */
export function journalText(events: readonly JournalEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

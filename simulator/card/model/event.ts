/** What happens to a card in a history: commands, resets, losses of power. */
import type { Action } from "./action.ts";
import { describeAction } from "./command.ts";

export type Event =
  | { readonly event: "act"; readonly action: Action }
  | { readonly event: "power cycle" }
  | { readonly event: "warm reset" }
  /** The power fails at the `at`-th save of the action, before or after it has become durable. */
  | ({ readonly event: "cut"; readonly action: Action } & Cut);

export interface Cut {
  readonly at: 1 | 2;
  readonly durable: boolean;
}

/** As a failing run is printed, one line an event. */
export function describeEvent(event: Event): string {
  if (event.event === "act") return describeAction(event.action);
  if (event.event !== "cut") return event.event;
  const when = event.durable ? "after" : "before";
  return `cut ${when} save ${event.at} of ${describeAction(event.action)}`;
}

/** A history as fast-check shows it. */
export class History {
  readonly events: readonly Event[];

  constructor(events: readonly Event[]) {
    this.events = events;
  }

  toString(): string {
    return `\n${this.events.map((event) => `  ${describeEvent(event)}`).join("\n")}\n`;
  }
}

/**
 * Reads a PIN that is presented but was never set as the issued one. So a history can lose the change
 * of a PIN and still present the right one: it shrinks to what matters.
 */
import type { Action } from "./action.ts";
import type { Event } from "./event.ts";
import { type ModelAp, TABLES } from "./tables.ts";

/** @param changeable values that a change may set */
export function settled(events: readonly Event[], changeable: readonly string[]): Event[] {
  const set = new Set<string>();
  let ap: ModelAp | undefined;
  return events.map((event) => {
    if (!("action" in event)) return event;
    const { action } = event;
    if (action.do === "select application") ap = action.ap;
    if (action.do === "change PIN") set.add(action.pin);
    if (action.do !== "verify" || !changeable.includes(action.pin) || set.has(action.pin)) {
      return event;
    }
    return { ...event, action: withIssuedPin(action, ap) };
  });
}

function withIssuedPin(
  action: Extract<Action, { do: "verify" }>,
  ap: ModelAp | undefined,
): Extract<Action, { do: "verify" }> {
  const { target } = action;
  const file = ap === undefined || target === "current" ? undefined : TABLES[ap].files[target];
  return file?.kind === "pin" && file.value !== "" ? { ...action, pin: file.value } : action;
}

/** PINs in the model (card-facts section 3). */
import type { Action, Target } from "./action.ts";
import { type Outcome, status } from "./outcome.ts";
import type { ModelState } from "./state.ts";
import { type ModelPin, TABLES } from "./tables.ts";

const PIN_MAX = 16;

export function askTries(card: ModelState, target: Target): Outcome {
  return card.withPin(target, (id) => status(0x63c0 | card.triesLeft(id)));
}

export function verify(card: ModelState, action: Extract<Action, { do: "verify" }>): Outcome {
  if (action.pin === "") return askTries(card, action.target);
  return card.withPin(action.target, (id, pin) => present(card, id, pin, action.pin));
}

function present(card: ModelState, id: number, { tries }: ModelPin, candidate: string): Outcome {
  if (candidate.length > PIN_MAX) return status(0x6700);
  const left = card.triesLeft(id);
  if (left === 0) return status(0x6984);
  const spent = card.withTries(id, left - 1);
  if (candidate !== card.valueOf(id)) {
    card.rights.delete(id);
    return { sw: [0x63c0 | (left - 1)], saves: [spent] };
  }
  card.rights.add(id);
  return { sw: [0x9000], saves: [spent, card.withTries(id, tries)] };
}

export function changePin(
  card: ModelState,
  { header, pin: fresh }: Extract<Action, { do: "change PIN" }>,
): Outcome {
  if (card.ap === undefined || TABLES[card.ap].change !== header) return status(0x6d00);
  return card.withPin("current", (id, { rule }) => {
    if (rule === undefined || !card.rights.has(id)) return status(0x6982);
    if (!rule.test(fresh)) return status(0x6a80);
    return { sw: [0x9000], saves: [card.withPinValue(id, fresh)] };
  });
}

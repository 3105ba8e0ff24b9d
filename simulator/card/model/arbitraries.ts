/**
 * Random histories of a card: visits to one application after another, mostly to files that are
 * there and with PINs that are right, so that a history gets somewhere before it goes wrong.
 *
 * A history is made of lists whose members stand alone, and what may be left out is a choice whose
 * first branch leaves it out: so it shrinks to the few events that matter.
 */
import fc from "fast-check";
import type { Action, Naming } from "./action.ts";
import { anyAction, getData, NEW_PINS, pinAction } from "./actions.ts";
import { type Cut, type Event, History } from "./event.ts";
import { plot, some } from "./plots.ts";
import { settled } from "./settle.ts";
import { type ModelAp, TABLES } from "./tables.ts";

const ALMOST_ALWAYS = 9999;

/** How often an application is visited. */
const VISITS: Readonly<Record<ModelAp, number>> = {
  jpki: 4,
  text: 4,
  visual: 3,
  common: 2,
  juki: 2,
  "card-ap": 2,
  locked: 1,
};

const visits = (Object.keys(TABLES) as ModelAp[]).map((ap) => ({
  weight: VISITS[ap],
  arbitrary: visit(ap),
}));

export const history: fc.Arbitrary<History> = fc
  .array(fc.oneof(...visits, { weight: 1, arbitrary: outside() }), { maxLength: 6, size: "max" })
  .map((parts) => new History(settled(parts.flat(), NEW_PINS)));

/** One application selected and then used. */
function visit(ap: ModelAp): fc.Arbitrary<Event[]> {
  const events = fc.oneof(
    { weight: 18, arbitrary: deed(ap, anyAction(ap), 20) },
    { weight: 2, arbitrary: deed(ap, pinAction(ap), 2) },
    { weight: 3, arbitrary: plot(ap).map((actions) => actions.map(act)) },
    { weight: 2, arbitrary: interruption(ap) },
  );
  return (
    fc
      // The entry comes last, to be given up last when a history shrinks.
      .tuple(fc.array(events, { maxLength: 12, size: "max" }), some(enter(ap), ALMOST_ALWAYS))
      .map(([following, entry]) => [...entry, ...following.flat()])
  );
}

/** A command in which the power may fail, once in `oneIn`. */
function deed(ap: ModelAp, action: fc.Arbitrary<Action>, oneIn: number): fc.Arbitrary<Event[]> {
  const cut = fc.oneof(
    { withCrossShrink: true },
    { weight: oneIn - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record<Cut>({ at: fc.constantFrom(1, 2), durable: fc.boolean() }) },
  );
  return fc
    .tuple(action, cut, some(enter(ap)))
    .map(([done, failure, entry]) =>
      failure === undefined ? [act(done)] : [{ event: "cut", action: done, ...failure }, ...entry],
    );
}

/** Power, reset or selection, mostly followed by the application's being selected again. */
function interruption(ap: ModelAp): fc.Arbitrary<Event[]> {
  const what = fc.constantFrom<Event>(
    { event: "power cycle" },
    { event: "warm reset" },
    act({ do: "select master file" }),
    act({ do: "select issuer domain" }),
  );
  const again = enter(ap);
  return fc.tuple(some(what, 3), some(again, 3)).map((parts) => parts.flat());
}

/** At the level before any application. */
function outside(): fc.Arbitrary<Event[]> {
  const actions = fc.oneof(getData(), anyAction("jpki"));
  return fc
    .array(actions.map(act), { maxLength: 6, size: "max" })
    .map((events) => [act({ do: "select issuer domain" }), ...events]);
}

function enter(ap: ModelAp): fc.Arbitrary<Event> {
  const ways: readonly Naming[] = TABLES[ap].beginning
    ? ["name", "name", "beginning", "name, with FCI"]
    : ["name", "name", "name, with FCI"];
  return fc.constantFrom(...ways).map((by) => act({ do: "select application", ap, by }));
}

function act(action: Action): Event {
  return { event: "act", action };
}

/**
 * Random histories of a card: visits to one application after another, mostly to files that are
 * there and with PINs that are right, so that a history gets somewhere before it goes wrong.
 */
import fc from "fast-check";
import type { Action, Target } from "./action.ts";
import { type Event, History } from "./run.ts";
import { type ModelAp, TABLES } from "./tables.ts";

const APPLICATIONS = Object.keys(TABLES) as ModelAp[];
/** Every identifier there is in some application, so that some are missing in each. */
const ANY_FILE = fc.integer({ min: 0x01, max: 0x1e });

const OFFSETS = [0, 1, 2, 3, 16, 17, 159, 160, 163, 164, 255];
const FAR_OFFSETS = [0, 256, 269, 335, 336, 535, 546, 567, 1303, 1582, 1583, 1700, 32767];
const NEW_PINS = ["5678", "1234", "ABC123", "PASSWORD", "2345", "12345", "abcd"];
const WRONG_PINS = ["0000", "password", "123", "", "1".repeat(17)];

const NONSENSE: readonly (readonly [string, number])[] = [
  ["00", 0x6700],
  ["00A4020C0200", 0x6700],
  ["00C0000000", 0x6d00],
  ["00D6000001FF", 0x6d00],
  ["002C008004FFFFFFFF", 0x6d00],
  ["A0A40000023F00", 0x6e00],
  ["01A4020C020018", 0x6881],
  ["0820008003860101", 0x69fc],
  ["00A4010C020018", 0x6a86],
  ["802A06800100", 0x6a86],
];

export const history: fc.Arbitrary<History> = fc
  .array(fc.constantFrom(...APPLICATIONS).chain(visit), { minLength: 1, maxLength: 6, size: "max" })
  .map((visits) => new History(visits.flat()));

/** One application selected and then used. */
function visit(ap: ModelAp): fc.Arbitrary<Event[]> {
  const enter: Event = { event: "act", action: { do: "select application", ap } };
  const again = fc.constantFrom<Event[]>({ event: "power cycle" }, { event: "warm reset" }, enter);
  const actions = actionsIn(ap);
  const events = fc.oneof(
    { weight: 14, arbitrary: actions.map((action): Event[] => [{ event: "act", action }]) },
    { weight: 1, arbitrary: again.map((event) => [event]) },
    { weight: 1, arbitrary: cut(pinActions(ap)).map((event) => [event, enter]) },
    { weight: 1, arbitrary: cut(actions).map((event) => [event, enter]) },
  );
  return fc
    .array(events, { maxLength: 12, size: "max" })
    .map((following) => [enter, ...following.flat()]);
}

function actionsIn(ap: ModelAp): fc.Arbitrary<Action> {
  const id = fc.oneof({ weight: 5, arbitrary: fileOf(ap) }, { weight: 1, arbitrary: ANY_FILE });
  const target: fc.Arbitrary<Target> = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Target>("current") },
    { weight: 2, arbitrary: id },
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constant("select file" as const), id }) },
    { weight: 4, arbitrary: read(target) },
    { weight: 5, arbitrary: pinActions(ap) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("ask tries" as const), target }) },
    { weight: 3, arbitrary: sign(ap, target) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("authenticate" as const), target }) },
    { weight: 1, arbitrary: fc.constant<Action>({ do: "challenge" }) },
    { weight: 1, arbitrary: nonsense() },
  );
}

/** Presenting PINs, right and wrong, and changing the one just presented. */
function pinActions(ap: ModelAp): fc.Arbitrary<Action> {
  const right = fileOf(ap, "pin").map((target): Action => {
    const file = TABLES[ap].files[target];
    return { do: "verify", target, pin: file?.kind === "pin" ? file.value : "" };
  });
  const other = fc
    .record({
      target: fc.oneof(fc.constant<Target>("current"), fileOf(ap, "pin"), ANY_FILE),
      pin: fc.constantFrom(...WRONG_PINS, ...NEW_PINS),
    })
    .map((details): Action => ({ do: "verify", ...details }));
  const header = fc.constantFrom(TABLES[ap].change ?? "00240180", "00240180", "80320080");
  const change = fc
    .record({ header, pin: fc.constantFrom(...NEW_PINS) })
    .map((details): Action => ({ do: "change PIN", ...details }));
  return fc.oneof(
    { weight: 2, arbitrary: right },
    { weight: 2, arbitrary: other },
    { weight: 1, arbitrary: change },
  );
}

function fileOf(ap: ModelAp, kind?: "pin" | "key"): fc.Arbitrary<number> {
  const ids = Object.entries(TABLES[ap].files)
    .filter(([, file]) => kind === undefined || file.kind === kind)
    .map(([id]) => Number(id));
  return fc.constantFrom(...(ids.length > 0 ? ids : [0x1e]));
}

function read(target: fc.Arbitrary<Target>): fc.Arbitrary<Action> {
  return fc
    .record({
      target,
      near: fc.constantFrom(...OFFSETS),
      far: fc.constantFrom(...FAR_OFFSETS),
      ne: fc.constantFrom(1, 4, 16, 255, 256),
    })
    .map(({ target: file, near, far, ne }) => ({
      do: "read",
      target: file,
      offset: file === "current" ? far : near,
      ne,
    }));
}

function sign(ap: ModelAp, target: fc.Arbitrary<Target>): fc.Arbitrary<Action> {
  return fc
    .oneof(fileOf(ap, "key"), target, fc.constant("default" as const))
    .map((key) => ({ do: "sign", target: key }));
}

function nonsense(): fc.Arbitrary<Action> {
  return fc.constantFrom(...NONSENSE).map(([apdu, sw]) => ({ do: "nonsense", apdu, sw }));
}

function cut(actions: fc.Arbitrary<Action>): fc.Arbitrary<Event> {
  return fc
    .record({ action: actions, at: fc.constantFrom<(1 | 2)[]>(1, 2), durable: fc.boolean() })
    .map((details) => ({ event: "cut", ...details }));
}

/** Commands that have to come together to get anywhere: few histories would bring them by chance. */
import fc from "fast-check";
import type { Action } from "./action.ts";
import {
  changePin,
  fileOf,
  pinAction,
  rightPin,
  secureAction,
  selectFile,
  wrongPin,
} from "./actions.ts";
import type { ModelAp } from "./tables.ts";

const TEXT_PIN = 0x11;
const TERMINAL_CA = 0x16;
const OPERATOR_KEY = 0x16;

export function plot(ap: ModelAp): fc.Arbitrary<Action[]> {
  return fc.oneof(
    { weight: 3, arbitrary: guessing(ap) },
    { weight: 2, arbitrary: renewal(ap) },
    { weight: 2, arbitrary: special(ap) },
  );
}

/** Wrong PINs until the right one, which may come too late. */
function guessing(ap: ModelAp): fc.Arbitrary<Action[]> {
  const wrong = fc.array(wrongPin, { maxLength: 6, size: "max" });
  return fc.tuple(rightPin(ap), wrong, some(fc.constant("right"))).map(([right, pins, last]) => {
    const wrongs = pins.map((pin): Action => ({ ...right, pin }));
    return last.length > 0 ? [...wrongs, right] : wrongs;
  });
}

/** A PIN presented, and that one or another changed. */
function renewal(ap: ModelAp): fc.Arbitrary<Action[]> {
  const other = selectFile(fileOf(ap, "pin"));
  return inTurn(rightPin(ap), other, changePin(ap));
}

function special(ap: ModelAp): fc.Arbitrary<Action[]> {
  switch (ap) {
    case "text":
      return secrecy();
    case "jpki":
      return inTurn(
        fc.constant<Action>({ do: "select file", id: TERMINAL_CA }),
        fc
          .constantFrom("06C1", "00C1")
          .map((part): Action => ({ do: "load no certificate", part })),
      );
    case "card-ap":
      return inTurn(
        fc.constant<Action>({ do: "challenge", ne: 16 }),
        fc.constant<Action>({ do: "pretend", target: OPERATOR_KEY }),
      );
    default:
      return fc.array(pinAction(ap), { maxLength: 3, size: "max" });
  }
}

/** Secure messaging of the text application. */
function secrecy(): fc.Arbitrary<Action[]> {
  const pin = fc.constant<Action>({ do: "verify", target: TEXT_PIN, pin: "1234" });
  const key = fc.constant<Action>({ do: "set session key", block: "seed" });
  const use = fc.oneof(secureAction(), selectFile(fileOf("text")));
  return fc
    .tuple(some(pin), some(key), fc.array(use, { maxLength: 6, size: "max" }))
    .map((parts) => parts.flat());
}

/** Nearly always all of them; each may be left out. */
function inTurn(...actions: readonly fc.Arbitrary<Action>[]): fc.Arbitrary<Action[]> {
  return fc.tuple(...actions.map((action) => some(action))).map((parts) => parts.flat());
}

/** Nearly always one; shrinks to none. */
export function some<T>(one: fc.Arbitrary<T>, weight = 9): fc.Arbitrary<T[]> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant<T[]>([]) },
    { weight, arbitrary: one.map((value) => [value]) },
  );
}

import { describe, expect, it } from "vitest";
import { answered, SpentFirst, statusOf, unanswered } from "./tries.ts";

const counter = (left: number) => ({ left, maximum: 3 });

describe("a VERIFY that was answered", () => {
  it.each([
    [3, "wrong", 2, "63C2"],
    [1, "wrong", 0, "63C0"],
    [1, "right", 3, "9000"],
    [2, "nothing", 2, "63C2"],
    [0, "right", 0, "6984"],
    [0, "wrong", 0, "6984"],
    [0, "nothing", 0, "63C0"],
  ] as const)("with %i tries left, %s: %i left, %s", (left, presented, after, status) => {
    expect(answered(counter(left), presented)).toBe(after);
    expect(statusOf(counter(left), presented)).toBe(status);
  });
});

describe("a VERIFY that was cut off", () => {
  it.each([
    [2, "wrong", [2, 1]],
    [2, "right", [2, 1, 3]],
    [2, "nothing", [2]],
    [0, "right", [0]],
    [0, "wrong", [0]],
  ] as const)("with %i tries left, %s: one of %j", (left, presented, possible) => {
    expect(unanswered(counter(left), presented)).toEqual(possible);
  });
});

describe("a try that is to be spent first", () => {
  const foundRestored = (times: number) => {
    const spentFirst = new SpentFirst();
    for (let i = 0; i < times; i += 1) spentFirst.found(3, counter(2));
    return spentFirst;
  };

  it("is missed when many right PINs were cut off and none was found spent", () => {
    expect(foundRestored(SpentFirst.ENOUGH).isBroken).toBe(true);
  });

  it("is not missed by a few", () => {
    expect(foundRestored(SpentFirst.ENOUGH - 1).isBroken).toBe(false);
  });

  it("is not missed once it was seen", () => {
    const spentFirst = foundRestored(SpentFirst.ENOUGH);
    spentFirst.found(1, counter(2));
    expect(spentFirst.isBroken).toBe(false);
  });
});

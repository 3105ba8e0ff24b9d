import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";
import type { Course, Struck } from "./round.ts";

const link = { name: "pcsc", told: { "card-removed": ["READER_CARD_REMOVED"] } } as const;
const strike = { disaster: "card-removed", at: 3 } as const;
const next: Course = { scenario: "CR-02", verdict: "passed", exchanges: 5 };
const struck: Struck = {
  told: "READER_CARD_REMOVED",
  command: "00B00000 00",
  milliseconds: 900,
  stall: 20,
};
const course: Course = {
  scenario: "CR-01",
  verdict: "failed",
  code: "READER_CARD_REMOVED",
  exchanges: 3,
  struck,
};

const violationsOf = (changed: Partial<Course>, follower: Course | undefined = next) =>
  judge({ link, strike, course: { ...course, ...changed }, next: follower }).violations;

describe("a scenario that was struck", () => {
  it("ends as it must with the link's error, in time, and the next passes", () => {
    expect(judge({ link, strike, course, next, of: 9 })).toEqual({
      link: "pcsc",
      scenario: "CR-01",
      disaster: "card-removed",
      at: 3,
      of: 9,
      verdict: "failed",
      told: "READER_CARD_REMOVED",
      code: "READER_CARD_REMOVED",
      milliseconds: 900,
      stall: 20,
      next: { scenario: "CR-02", verdict: "passed" },
      violations: [],
    });
  });

  it("may fail by an expectation that met the error", () => {
    const { code: _, ...unmet } = course;
    expect(judge({ link, strike, course: unmet, next }).violations).toEqual([]);
  });

  it("may be struck before its trace begins, and fails with the error itself then", () => {
    const { told: _, ...untraced } = struck;
    expect(violationsOf({ struck: untraced })).toEqual([]);
  });

  it.each<[string, Partial<Course>, RegExp]>([
    ["passes", { verdict: "passed" }, /passed, although/],
    ["is told another error", { struck: { ...struck, told: "READER_TRANSPORT" } }, /ended with/],
    ["fails by what the card said", { code: "CARD_NOT_FOUND" }, /failed with CARD_NOT_FOUND/],
    ["fails by no error of a reader", { code: "TypeError" }, /failed with TypeError/],
    ["takes too long", { struck: { ...struck, milliseconds: 10_001 } }, /came after 10001 ms/],
    ["stands still", { struck: { ...struck, stall: 100 } }, /stood still for 100 ms/],
  ])("does not end as it must when it %s", (_, changed, violation) => {
    expect(violationsOf(changed)).toEqual([expect.stringMatching(violation)]);
  });

  it("has as long as a signature takes, when that was struck", () => {
    const signing = { ...struck, command: "802A0080 ‹署名対象 51 bytes›", milliseconds: 19_999 };
    expect(violationsOf({ struck: signing })).toEqual([]);
  });

  it("may pass only where it demands what happens to it", () => {
    const passed = { scenario: "CR-08", verdict: "passed" } as const;
    const { code: _, ...without } = course;
    const of = (disaster: "card-removed" | "card-frozen") => {
      const told = struck.told ?? "";
      const both = { name: "pcsc", told: { [disaster]: [told] } } as const;
      const ended = { ...without, ...passed };
      return judge({ link: both, strike: { disaster, at: 3 }, course: ended, next }).violations;
    };
    expect(of("card-removed")).toEqual([]);
    expect(of("card-frozen")).toEqual(["passed, although it was struck"]);
  });

  it("is no evidence when nothing struck it", () => {
    const { struck: _, ...untouched } = course;
    const { violations } = judge({ link, strike, course: untouched, next });
    expect(violations).toEqual([expect.stringMatching(/nothing was struck/)]);
  });

  it.each<[string, Course | undefined]>([
    ["nothing", undefined],
    ["one that was struck, too", { ...next, struck }],
    ["one that failed", { ...next, verdict: "failed" }],
  ])("is not followed by %s", (_, follower) => {
    const { violations } = judge({ link, strike, course, next: follower });
    expect(violations).toHaveLength(1);
  });
});

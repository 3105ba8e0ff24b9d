import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SimulatorError } from "../errors.ts";
import { ageOn, birthdayAfter, endOfJstDay, jstDay, jstStamp, startOfJstDay } from "./jst.ts";

describe("the Japanese calendar day", () => {
  it("changes at 15:00 UTC", () => {
    expect(jstDay(new Date("2026-08-06T14:59:59Z"))).toBe("20260806");
    expect(jstDay(new Date("2026-08-06T15:00:00Z"))).toBe("20260807");
  });

  it("ends at 14:59:59Z, as in every JPKI certificate", () => {
    expect(endOfJstDay("20330715").toISOString()).toBe("2033-07-15T14:59:59.000Z");
    expect(startOfJstDay("20270101").toISOString()).toBe("2026-12-31T15:00:00.000Z");
  });

  it("writes a time stamp of 14 digits", () => {
    expect(jstStamp(new Date("2026-12-31T15:04:05.678Z"))).toBe("20270101000405");
  });

  it.each(["2026-08-07", "20260229", "20261301", "20260100", "", "260807"])("refuses %j", (day) => {
    expect(() => startOfJstDay(day)).toThrow(SimulatorError);
  });

  it("gives back every day it was given", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
        (date) => {
          const day = jstDay(date);
          expect(jstDay(startOfJstDay(day))).toBe(day);
          expect(jstDay(endOfJstDay(day))).toBe(day);
        },
      ),
    );
  });
});

describe("birthdays", () => {
  it.each([
    // born, day of issue, which one, expected
    ["19900102", "20260807", 5, "20310102"],
    ["19901231", "20260807", 5, "20301231"],
    // A birthday on the day itself is not one after it.
    ["19900807", "20260807", 5, "20310807"],
    ["19900808", "20260807", 5, "20300808"],
    ["19900102", "20260807", 10, "20360102"],
    ["20001231", "20261231", 1, "20271231"],
    // 29 February counts as the 28th, in leap years too.
    ["20000229", "20260807", 5, "20310228"],
    ["20000229", "20270301", 1, "20280228"],
  ])("of %s after %s, number %i, is %s", (born, day, n, expected) => {
    expect(birthdayAfter(born, day, n)).toBe(expected);
  });

  it.each([
    ["20110808", "20260807", 14],
    ["20110807", "20260807", 15],
    ["19420101", "20260807", 84],
  ])("make somebody born %s on %s %i years old", (born, day, age) => {
    expect(ageOn(born, day)).toBe(age);
  });
});

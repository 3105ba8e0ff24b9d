import { describe, expect, it } from "vitest";
import { type FaultPlan, FaultSchedule } from "./schedule.ts";

const NOON = new Date("2031-04-01T03:00:00Z");
const LATER = new Date("2031-04-01T03:01:00Z");

type Mode = "none" | "reset";

function arrivals(plan: FaultPlan<Mode> | undefined, moments: readonly Date[]) {
  const schedule = new FaultSchedule<Mode>("none");
  schedule.plan(plan);
  return moments.map((moment) => schedule.arrive(moment));
}

describe("a fault schedule", () => {
  it("leaves everything as it is when nothing is planned", () => {
    expect(arrivals(undefined, [NOON])).toEqual([undefined]);
  });

  it("strikes from now on, without end", () => {
    expect(arrivals({ mode: "reset" }, [NOON, NOON, NOON])).toEqual(["reset", "reset", "reset"]);
  });

  it("strikes at a place, and so many times", () => {
    expect(arrivals({ mode: "reset", after: 1, times: 2 }, [NOON, NOON, NOON, NOON])).toEqual([
      "none",
      "reset",
      "reset",
      "none",
    ]);
  });

  it("is over at its end", () => {
    expect(arrivals({ mode: "reset", until: LATER }, [NOON, LATER])).toEqual(["reset", "none"]);
  });

  it("begins to count anew with a new plan", () => {
    const schedule = new FaultSchedule<Mode>("none");
    schedule.plan({ mode: "reset", times: 1 });
    schedule.arrive(NOON);
    schedule.plan({ mode: "reset", times: 1 });
    expect(schedule.arrive(NOON)).toBe("reset");
  });
});

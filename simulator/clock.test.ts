import { describe, expect, it } from "vitest";
import { LabClock } from "./clock.ts";

const NEW_YEAR = new Date("2031-01-01T00:00:00Z");

describe("a stopped clock", () => {
  it("shows where it was put until it is moved", () => {
    const clock = LabClock.stopped(NEW_YEAR);
    expect(clock.now()).toEqual(NEW_YEAR);

    clock.advance(90_000);
    expect(clock.now()).toEqual(new Date("2031-01-01T00:01:30Z"));

    clock.travelTo(NEW_YEAR);
    expect(clock.now()).toEqual(NEW_YEAR);
  });
});

describe("a running clock", () => {
  it("begins at the given time and never goes back by itself", () => {
    const clock = LabClock.running(NEW_YEAR);
    const first = clock.now().getTime();
    expect(first).toBeGreaterThanOrEqual(NEW_YEAR.getTime());
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(first);
  });

  it("runs on from where it was moved to", () => {
    const clock = LabClock.running();
    clock.travelTo(NEW_YEAR);
    const sinceTravel = clock.now().getTime() - NEW_YEAR.getTime();
    expect(sinceTravel).toBeGreaterThanOrEqual(0);
    expect(sinceTravel).toBeLessThan(60_000);
  });
});

describe("a clock that is stopped, put down and taken up again", () => {
  it("stands where it stood, and runs from there", () => {
    const clock = LabClock.running(NEW_YEAR);
    clock.stop();
    const stood = clock.now();
    expect(clock.state).toEqual({ stoppedAt: stood.toISOString() });

    const again = LabClock.restore(clock.state);
    expect([again.running, again.now()]).toEqual([false, stood]);

    again.run();
    expect(again.running).toBe(true);
    expect(again.now().getTime()).toBeGreaterThanOrEqual(stood.getTime());
  });

  it("runs on at its distance from the machine's", () => {
    const clock = LabClock.running(NEW_YEAR);
    const again = LabClock.restore(clock.state);
    expect(again.running).toBe(true);
    // Two looks at the machine's clock lie between the two.
    expect(Math.abs(again.now().getTime() - clock.now().getTime())).toBeLessThan(1000);
  });
});

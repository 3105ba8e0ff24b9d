import { expect, it } from "vitest";
import { ManualTime } from "./testing/manual-time.ts";
import { timed } from "./timing.ts";

it("goes on until the time is over and finishes what was begun", async () => {
  const time = new ManualTime();
  const operation = () => time.advance(30);
  expect(await timed({ operation }, 100, time.now)).toEqual({ count: 4, milliseconds: 120 });
});

it("does an operation that takes longer than the time once", async () => {
  const time = new ManualTime();
  const operation = () => time.advance(5000);
  expect(await timed({ operation }, 100, time.now)).toEqual({ count: 1, milliseconds: 5000 });
});

it("counts what one call does", async () => {
  const time = new ManualTime();
  const operation = () => time.advance(50);
  expect(await timed({ operation, count: 7 }, 100, time.now)).toMatchObject({ count: 14 });
});

it("waits for promises before it looks at the time", async () => {
  const time = new ManualTime();
  const operation = async () => {
    await Promise.resolve();
    time.advance(60);
  };
  expect(await timed({ operation }, 100, time.now)).toEqual({ count: 2, milliseconds: 120 });
});

it("keeps as many under way as there are lanes", async () => {
  const time = new ManualTime();
  let underWay = 0;
  let most = 0;
  const operation = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    time.advance(10);
    underWay -= 1;
  };
  await timed({ operation, lanes: 3 }, 100, time.now);
  expect(most).toBe(3);
});

it("gives the error of the operation", async () => {
  const operation = () => Promise.reject(new Error("broken"));
  await expect(timed({ operation }, 100, new ManualTime().now)).rejects.toThrow("broken");
});

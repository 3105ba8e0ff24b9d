import { expect, it } from "vitest";
import { watchStalls } from "./stalls.ts";

const BUSY = 60;

function holdUp(): void {
  const until = performance.now() + BUSY;
  while (performance.now() < until);
}

it("sees the loop held up at once, before it could look", () => {
  const longest = watchStalls();
  holdUp();
  expect(longest()).toBeGreaterThanOrEqual(BUSY);
});

it("keeps the longest time, whatever comes after it", async () => {
  const longest = watchStalls();
  holdUp();
  await new Promise((resolve) => setImmediate(resolve));
  expect(longest()).toBeGreaterThanOrEqual(BUSY);
});

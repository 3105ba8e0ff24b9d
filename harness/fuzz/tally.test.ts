import { describe, expect, it } from "vitest";
import { Tally } from "./tally.ts";

const reason = { ja: "起こせない", en: "cannot be brought about" };
const repertoire = () => ({
  legal: new Set([0x9000, 0x6a82, 0x6581]),
  beyond: new Map([[0x6581, reason]]),
});

describe("a tally", () => {
  it("counts commands and each status", () => {
    const tally = new Tally(repertoire());
    for (const sw of [0x9000, 0x6a82, 0x9000]) tally.count(sw);
    expect(tally.commands).toBe(3);
    expect([...tally.statuses]).toEqual([
      [0x9000, 2],
      [0x6a82, 1],
    ]);
  });

  it("names what was never seen, with the reason where there is one", () => {
    const tally = new Tally(repertoire());
    tally.count(0x9000);
    expect(tally.unseen).toEqual([{ sw: 0x6581, reason }, { sw: 0x6a82 }]);
  });

  it("tells how many a second, and none before any time was spent", () => {
    const tally = new Tally(repertoire());
    tally.count(0x9000);
    expect(tally.rate).toBe(0);
    tally.seconds = 0.25;
    expect(tally.rate).toBe(4);
  });
});

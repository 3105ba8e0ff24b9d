import { describe, expect, it } from "vitest";
import { MAX_PADDING, paddingEntries } from "./padding.ts";

const FROM = new Date("2023-08-07T01:00:00Z");
const UNTIL = new Date("2026-08-06T15:00:00Z");
const YEAR = 365 * 24 * 60 * 60;
const LAST = 0x7fffffff;

const population = (count: number, seed = "one") =>
  paddingEntries(count, seed, { from: FROM, until: UNTIL });

describe("a made-up population", () => {
  it("is in the order of its numbers, all of four bytes and none twice", () => {
    const { serials } = population(20_000);
    expect(serials.every((serial, i) => i === 0 || serial > (serials[i - 1] ?? 0))).toBe(true);
    expect(serials.at(-1)).toBeLessThanOrEqual(LAST);
    expect(serials.at(-1)).toBeGreaterThan(LAST - 16);
  });

  it("leaves most numbers out, so that not everybody is revoked", () => {
    const { serials } = population(20_000);
    expect(LAST - (serials[0] ?? 0)).toBeGreaterThan(15 * 20_000);
  });

  it("gives every reason there is, and not the one that must not be (8)", () => {
    const reasons = [...new Set(population(20_000).reasons)].sort();
    expect(reasons).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("was revoked at times all over the year after the CA was founded", () => {
    const times = population(20_000).revokedAt;
    const first = FROM.getTime() / 1000;
    expect(times.every((time) => time >= first && time < first + YEAR)).toBe(true);
    expect(new Set(times).size).toBeGreaterThan(19_000);
  });

  it("of a CA that was founded just now was revoked just now, and not in the future", () => {
    const { revokedAt } = paddingEntries(100, "one", { from: FROM, until: FROM });
    expect(new Set(revokedAt)).toEqual(new Set([FROM.getTime() / 1000]));
  });

  it("is the same from the same seed, longer or not, and another from another", () => {
    const short = population(1000);
    const long = population(20_000);
    for (const key of ["serials", "revokedAt", "reasons"] as const) {
      expect(long[key].slice(-1000)).toEqual(short[key]);
    }
    expect(population(1000, "two").serials).not.toEqual(short.serials);
  });

  it.each([-1, 0.5, MAX_PADDING + 1, Number.NaN])("has no size of %d", (count) => {
    expect(() => population(count)).toThrow(expect.objectContaining({ code: "PKI_INVALID" }));
  });
});

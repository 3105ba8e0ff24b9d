import { describe, expect, it } from "vitest";
import { hasCardExpired } from "./card-expiry.ts";

describe("hasCardExpired", () => {
  // Japan is nine hours ahead: its 1 April begins at 15:00 of 31 March in UTC.
  it.each([
    ["20310331", "2031-03-31T14:59:59Z", false],
    ["20310331", "2031-03-31T15:00:00Z", true],
    ["20310331", "2030-01-01T00:00:00Z", false],
    ["20301231", "2031-01-01T00:00:00Z", true],
  ])("with the last day %s at %s: %s", (expiry, at, expired) => {
    expect(hasCardExpired({ expiry }, new Date(at))).toBe(expired);
  });
});

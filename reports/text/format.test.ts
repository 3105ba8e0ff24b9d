import { describe, expect, it } from "vitest";
import { duration, japanPeriod, japanTime } from "./format.ts";

describe("duration", () => {
  it.each([
    [0, "0 ms"],
    [12.4, "12 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [1240, "1.24 s"],
    [59_994, "59.99 s"],
    [59_996, "1 min 0 s"],
    [125_400, "2 min 5 s"],
  ])("%d is %s", (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe("Japanese time", () => {
  it("is nine hours ahead, also over the turn of the year", () => {
    expect(japanTime("2026-12-31T15:00:00.000Z", "ja")).toBe("2027年1月1日 00:00:00 (JST)");
    expect(japanTime("2026-12-31T15:00:00.000Z", "en")).toBe("2027-01-01 00:00:00 JST");
  });

  it("names the day of a period once where it is the same", () => {
    const [from, to] = ["2026-11-21T06:04:05.000Z", "2026-11-21T06:10:00.000Z"];

    expect(japanPeriod(from, to, "ja")).toBe("2026年11月21日 15:04:05 ～ 15:10:00 (JST)");
    expect(japanPeriod(from, to, "en")).toBe("2026-11-21 15:04:05 – 15:10:00 JST");
  });

  it("names both days of a period over midnight", () => {
    const [from, to] = ["2026-11-21T14:59:00.000Z", "2026-11-21T15:01:00.000Z"];

    expect(japanPeriod(from, to, "en")).toBe("2026-11-21 23:59:00 – 2026-11-22 00:01:00 JST");
  });

  it("names one moment where it is no period", () => {
    const at = "2026-11-21T06:04:05.000Z";

    expect(japanPeriod(at, at, "en")).toBe("2026-11-21 15:04:05 JST");
  });
});

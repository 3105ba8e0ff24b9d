import { describe, expect, it } from "vitest";
import { fromHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { powerLatency, spread, typicalLatency } from "./latency.ts";
import { SELECT_JPKI, verify } from "./testing/card.ts";

// reader-facts 6.3
describe("latency", () => {
  it.each([
    ["contact" as const, 80, 10, 40, 25, 300],
    ["contactless-424" as const, 60, 8, 40, 15, 320],
    ["contactless-106" as const, 80, 12, 45, 35, 350],
    ["pn532" as const, 120, 18, 55, 60, 400],
  ])("of %s is as suggested", (profile, power, select, pin, read, sign) => {
    const of = (hex: string, bytes: number) => typicalLatency(profile, fromHex(hex), bytes);
    expect(powerLatency(profile)).toBe(power);
    expect(of(SELECT_JPKI, 2)).toBe(select);
    expect(of(verify("1234"), 2)).toBe(pin);
    expect(of("00B0000000", 258)).toBe(read);
    expect(of("802A00800100 00", 258)).toBe(sign);
  });

  it("grows with the bytes that are read", () => {
    const read = (bytes: number) => typicalLatency("contact", fromHex("00B0000000"), bytes);
    expect(read(2)).toBe(10);
    expect(read(130)).toBe(17.5);
    expect(read(1538)).toBe(100);
  });

  it("spreads around the typical value, with a tail, and the same way for the same seed", () => {
    const draw = () => {
      const random = new Random("latency");
      return Array.from({ length: 2000 }, () => spread(100, random));
    };
    const drawn = draw().sort((a, b) => a - b);
    const median = drawn[1000] ?? 0;

    expect(draw().sort((a, b) => a - b)).toEqual(drawn);
    expect(median).toBeGreaterThan(97);
    expect(median).toBeLessThan(103);
    expect(drawn[0]).toBeGreaterThan(40);
    const slow = drawn.filter((milliseconds) => milliseconds > 250).length;
    expect(slow).toBeGreaterThan(5);
    expect(slow).toBeLessThan(50);
  });
});

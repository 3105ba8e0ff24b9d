import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";

describe("Random", () => {
  it("gives the same stream for the same seed and another for another", () => {
    expect(new Random("seed").bytes(16)).toEqual(new Random("seed").bytes(16));
    expect(new Random("seed").bytes(16)).not.toEqual(new Random("other").bytes(16));
  });

  it("goes on, and does not repeat itself", () => {
    const random = new Random("seed");
    expect(random.bytes(16)).not.toEqual(random.bytes(16));
  });

  it("is one stream, in whatever portions it is drawn", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { maxLength: 8 }), (portions) => {
        const random = new Random("seed");
        const drawn = portions.flatMap((length) => [...random.bytes(length)]);
        expect(drawn).toEqual([...new Random("seed").bytes(drawn.length)]);
      }),
    );
  });

  it("stays below its limit and reaches every value", () => {
    const random = new Random("seed");
    const drawn = new Set(Array.from({ length: 300 }, () => random.below(6)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("forks streams that neither disturb nor resemble their origin", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, label) => {
        const alone = new Random(seed);
        const forked = new Random(seed);
        const branch = forked.fork(label);
        expect(branch.bytes(16)).not.toEqual(alone.bytes(16));
        expect(forked.bytes(16)).not.toEqual(branch.bytes(16));
        expect(new Random(seed).fork(label).bytes(4)).toEqual(
          new Random(seed).fork(label).bytes(4),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("draws digits and picks from what it is given", () => {
    const random = new Random("seed");
    expect(random.digits(12)).toMatch(/^\d{12}$/);
    expect(["a", "b"]).toContain(random.pick(["a", "b"]));
  });
});

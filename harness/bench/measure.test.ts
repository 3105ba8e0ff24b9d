import { describe, expect, it } from "vitest";
import type { Side } from "./benchmark.ts";
import { measure } from "./measure.ts";
import { ManualTime } from "./testing/manual-time.ts";
import { tiny } from "./testing/tiny.ts";

const time = new ManualTime();
const everything = { now: time.now, isInstalled: () => true };
const nothing = { now: time.now, isInstalled: () => false };

/** A side that gives these figures, one a round. */
function figures(...rounds: number[]): Side {
  return { figure: async () => rounds.shift() ?? Number.NaN };
}

describe("a comparison", () => {
  it("is the round whose ratio lies in the middle, with the figures of that round", async () => {
    // Ratios 0.5, 2, 0.8: the median value (20) and the median reference (25) are of other rounds.
    const result = await measure(
      tiny({
        rounds: 3,
        run: () => figures(5, 20, 80),
        reference: () => figures(10, 10, 100),
      }),
      everything,
    );
    expect(result).toMatchObject({ value: 80, reference: 100, ratio: 0.8 });
  });

  it("lets value and reference take turns at going first", async () => {
    const order: string[] = [];
    const side = (name: string) => () => ({
      figure: async () => {
        order.push(name);
        return 1;
      },
    });
    await measure(tiny({ rounds: 3, run: side("v"), reference: side("r") }), everything);
    expect(order.join("")).toBe("vrrvvr");
  });

  it("times operations as rates, after a warm-up that does not count", async () => {
    let calls = 0;
    const growingFast = () => ({
      operation: () => {
        calls += 1;
        time.advance(calls <= 3 ? 100 : 10);
      },
    });
    const result = await measure(
      tiny({ rounds: 1, milliseconds: 300, run: growingFast, reference: () => figures(200) }),
      everything,
    );
    expect(result).toMatchObject({ value: 100, reference: 200, ratio: 0.5, met: true });
  });

  it("times operations as durations, of which the shorter is the faster", async () => {
    const taking = (milliseconds: number) => () => ({
      operation: () => time.advance(milliseconds),
    });
    const result = await measure(
      tiny({ unit: "ms", rounds: 1, run: taking(40), reference: taking(10) }),
      everything,
    );
    expect(result).toMatchObject({ value: 40, reference: 10, ratio: 0.25, met: false });
  });
});

describe("a reference that is not installed", () => {
  it("leaves the value and no verdict, and says why", async () => {
    const asked: string[] = [];
    const isInstalled = (command: string) => {
      asked.push(command);
      return false;
    };
    const reference = () => {
      throw new Error("must not be made ready");
    };
    const result = await measure(
      tiny({ needs: "openssl", rounds: 3, run: () => figures(1, 9, 4), reference }),
      { ...nothing, isInstalled },
    );
    expect(asked).toEqual(["openssl"]);
    expect(result).toMatchObject({ value: 4, reference: null, ratio: null, met: null });
    expect(result.why?.en).toContain("openssl is not installed");
    expect(result.why?.ja).toContain("openssl");
  });

  it("is not looked for where none is needed", async () => {
    expect(await measure(tiny(), nothing)).toMatchObject({ ratio: 0.6, met: true });
  });
});

describe("a machine that lacks what both sides need", () => {
  const side = () => {
    throw new Error("must not be made ready");
  };

  it("measures nothing, gives no verdict and names all of it", async () => {
    const missing = () => ["pcscd", "vsmartcard-vpcd"];
    const result = await measure(tiny({ missing, run: side, reference: side }), everything);
    expect(result).toMatchObject({ value: null, reference: null, ratio: null, met: null });
    expect(result.why?.en).toContain("pcscd, vsmartcard-vpcd");
    expect(result.why?.ja).toContain("pcscd, vsmartcard-vpcd");
  });

  it("is another than one that lacks nothing", async () => {
    expect(await measure(tiny({ missing: () => [] }), nothing)).toMatchObject({ ratio: 0.6 });
  });
});

describe("what was made ready", () => {
  it("is closed when all is measured", async () => {
    const closed: string[] = [];
    const side = (name: string) => () => ({
      figure: async () => 1,
      close: () => closed.push(name),
    });
    await measure(tiny({ run: side("value"), reference: side("reference") }), everything);
    expect(closed).toEqual(["value", "reference"]);
  });

  it("is closed when the measurement fails", async () => {
    const closed: string[] = [];
    const run = () => ({
      figure: async () => Promise.reject(new Error("broken")),
      close: () => closed.push("value"),
    });
    await expect(measure(tiny({ run }), everything)).rejects.toThrow("broken");
    expect(closed).toEqual(["value"]);
  });
});

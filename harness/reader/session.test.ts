import { describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { LogCard } from "../../simulator/reader/testing/log-card.ts";
import { BenchError } from "../errors.ts";
import type { Reader } from "./reader.ts";
import { inTransaction, isPassing, openPatiently } from "./session.ts";
import { simulatedReader } from "./simulated.ts";

function slotWithCard(): InProcessReader {
  const slot = new InProcessReader();
  slot.insert(new LogCard());
  return slot;
}

/** Pauses that take no time, and are written down. */
function pauses(then: (count: number) => unknown = () => undefined) {
  const waited: number[] = [];
  const pause = async (milliseconds: number) => {
    waited.push(milliseconds);
    await then(waited.length);
  };
  return { waited, pause };
}

describe("openPatiently", () => {
  it("gives up in the end, further and further apart", async () => {
    const slot = slotWithCard();
    slot.connect("exclusive");
    const { waited, pause } = pauses();
    const opening = openPatiently(simulatedReader(slot), { attempts: 4, pause });
    await expect(opening).rejects.toMatchObject({ code: "READER_BUSY" });
    expect(waited).toEqual([100, 200, 400]);
  });

  it("opens as soon as the other has let go", async () => {
    const slot = slotWithCard();
    const other = slot.connect("exclusive");
    const { waited, pause } = pauses((count) => count === 2 && other.disconnect());
    expect(await openPatiently(simulatedReader(slot), { pause })).toHaveProperty("atr");
    expect(waited).toHaveLength(2);
  });

  it("does not wait for what time will not mend", async () => {
    const { waited, pause } = pauses();
    const opening = openPatiently(simulatedReader(new InProcessReader()), { pause });
    await expect(opening).rejects.toMatchObject({ code: "READER_NO_CARD" });
    expect(waited).toEqual([]);
  });
});

describe("inTransaction", () => {
  it("lets nobody between, and others on afterwards, also after a failure", async () => {
    const slot = slotWithCard();
    const mine = simulatedReader(slot);
    const other = simulatedReader(slot);
    await mine.open();
    await other.open();
    const failing = inTransaction(mine, async () => {
      throw new Error("the work failed");
    });
    await expect(failing).rejects.toThrow("the work failed");
    expect(await other.transmit(fromHex("00840000"))).toHaveLength(6);
  });

  it("says where a driver has none", async () => {
    const { beginTransaction: _, ...without } = simulatedReader(slotWithCard());
    const reader = { ...without, info: { driver: "other", name: "R", physical: false } } as Reader;
    await expect(inTransaction(reader, async () => 1)).rejects.toMatchObject({
      code: "READER_UNSUPPORTED",
    });
  });
});

describe("isPassing", () => {
  it.each([
    ["READER_TRANSPORT", true],
    ["READER_CARD_RESET", true],
    ["READER_CARD_REMOVED", false],
    ["PCSC_SERVICE_STOPPED", false],
    ["CARD_STATUS", false],
  ] as const)("takes %s for something that may pass: %s", (code, passing) => {
    expect(isPassing(new BenchError(code, "it failed"))).toBe(passing);
  });
});

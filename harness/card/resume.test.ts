import { beforeEach, describe, expect, it } from "vitest";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { LogCard } from "../../simulator/reader/testing/log-card.ts";
import { BenchError } from "../errors.ts";
import { simulatedReader } from "../reader/index.ts";
import { resuming } from "./resume.ts";

const COMMAND = Uint8Array.of(0x00, 0x84, 0x00, 0x00);
let slot: InProcessReader;
let done: string[];

beforeEach(() => {
  slot = new InProcessReader();
  slot.insert(new LogCard());
  done = [];
});

const client = { select: async () => void done.push("select") };

describe("resuming", () => {
  it("opens and selects anew after a reset, and does the work once more", async () => {
    const reader = simulatedReader(slot);
    await reader.open();
    slot.connect().reset("cold");
    const work = async () => {
      done.push("work");
      return reader.transmit(COMMAND);
    };
    expect(await resuming(reader, client, work)).toHaveLength(6);
    expect(done).toEqual(["work", "select", "work"]);
  });

  it("does nothing twice that did not fail, or failed otherwise", async () => {
    const reader = simulatedReader(slot);
    await reader.open();
    expect(await resuming(reader, client, async () => 1)).toBe(1);
    const refused = new BenchError("CARD_SECURITY_STATUS", "refused");
    const work = async () => {
      done.push("work");
      throw refused;
    };
    await expect(resuming(reader, client, work)).rejects.toBe(refused);
    expect(done).toEqual(["work"]);
  });

  it("does not try a third time", async () => {
    const reader = simulatedReader(slot);
    await reader.open();
    const work = async () => {
      done.push("work");
      slot.connect().reset("cold");
      return reader.transmit(COMMAND);
    };
    await expect(resuming(reader, client, work)).rejects.toMatchObject({
      code: "READER_CARD_RESET",
    });
    expect(done).toEqual(["work", "select", "work"]);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { type InProcessReader, SimulatedPcsc } from "../../simulator/reader/index.ts";
import { LogCard } from "../../simulator/reader/testing/log-card.ts";
import { readerWithCard, waitForCard } from "./find-card.ts";
import type { ReaderDirectory } from "./reader.ts";
import { simulatedDirectory } from "./simulated.ts";

let pcsc: SimulatedPcsc;
let first: InProcessReader;
let second: InProcessReader;
let directory: ReaderDirectory;

beforeEach(() => {
  pcsc = new SimulatedPcsc();
  first = pcsc.plug("First 00 00");
  second = pcsc.plug("Second 01 00");
  directory = simulatedDirectory(pcsc);
});

describe("readerWithCard", () => {
  it("is the one with the card, wherever it stands in the list", async () => {
    second.insert(new LogCard());
    expect(await readerWithCard(directory)).toBe("Second 01 00");
  });

  it("does not choose between two, and names both", async () => {
    first.insert(new LogCard());
    second.insert(new LogCard());
    await expect(readerWithCard(directory)).rejects.toMatchObject({
      code: "READER_AMBIGUOUS",
      message: expect.stringMatching(/First 00 00.*Second 01 00/),
    });
  });

  it("tells no card from no reader, whether the list is empty or refused", async () => {
    await expect(readerWithCard(directory)).rejects.toMatchObject({
      code: "READER_NO_CARD",
      message: expect.stringContaining("First 00 00"),
    });
    pcsc.unplug(first);
    pcsc.unplug(second);
    await expect(readerWithCard(directory)).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
    const empty = { ...directory, list: async () => [] };
    await expect(readerWithCard(empty)).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  });
});

describe("waitForCard", () => {
  it("looks again until a card lies there", async () => {
    let looks = 0;
    const pause = async (milliseconds: number) => {
      expect(milliseconds).toBe(500);
      looks += 1;
      if (looks === 3) first.insert(new LogCard());
    };
    expect(await waitForCard(directory, { pause })).toBe("First 00 00");
    expect(looks).toBe(3);
  });

  it("gives up after so many looks", async () => {
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    await expect(waitForCard(directory, { looks: 4, pause })).rejects.toMatchObject({
      code: "READER_NO_CARD",
    });
    expect(pauses).toBe(3);
  });

  it("does not wait where nothing can come: the service is stopped, or two cards are there", async () => {
    const pause = async () => expect.unreachable("nobody should wait");
    first.insert(new LogCard());
    second.insert(new LogCard());
    await expect(waitForCard(directory, { pause })).rejects.toMatchObject({
      code: "READER_AMBIGUOUS",
    });
    pcsc.stop("serviceStopped");
    await expect(waitForCard(directory, { pause })).rejects.toMatchObject({
      code: "PCSC_SERVICE_STOPPED",
      status: 0x8010001e,
    });
  });
});

describe("a directory", () => {
  it("opens by the name a reader has now", async () => {
    first.insert(new LogCard());
    const reader = await directory.reader("First 00 00");
    await reader.open();
    pcsc.unplug(first);
    pcsc.replug(first, "First 02 00");
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
    expect(await (await directory.reader("First 02 00")).open()).toHaveProperty("atr");
  });

  it("opens for one client alone when asked to", async () => {
    first.insert(new LogCard());
    await (await directory.reader("First 00 00", "exclusive")).open();
    const other = await directory.reader("First 00 00");
    await expect(other.open()).rejects.toMatchObject({ code: "READER_BUSY", status: 0x8010000b });
  });
});

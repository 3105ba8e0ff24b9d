// What a reader does to an exchange: frames, messages, waiting times (USB CCID 1.1, ISO/IEC 14443-4).
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { airTime, countParts } from "./frames.ts";
import { InProcessReader } from "./in-process.ts";
import { LogCard } from "./testing/log-card.ts";
import type { ReaderTraits } from "./traits.ts";

const SHORT = fromHex("00B0000000");
const EXTENDED = fromHex("00B00000000000");
/** A whole certificate and a status word, counted by hand: 1602 bytes. */
const LONG_ANSWER = new Uint8Array(1602).fill(0x90);

let answer: Uint8Array;
let card: LogCard;
let reader: InProcessReader;

beforeEach(() => {
  answer = fromHex("9000");
  card = new LogCard(() => answer);
  reader = new InProcessReader();
  reader.insert(card);
});

function transmit(command: Uint8Array, traits: Partial<ReaderTraits> = {}, within?: number) {
  reader.traits = { ...reader.traits, ...traits };
  return reader.connect().transmit(command, within);
}

describe("frames", () => {
  it.each([
    // A frame holds three bytes besides: 64 leaves 61, 256 leaves 253.
    [61, 64, 1],
    [62, 64, 2],
    [258, 64, 5],
    [258, 256, 2],
    [2, 64, 1],
  ])("of an APDU of %i bytes where %i is the most: %i", (length, frame, count) => {
    expect(countParts(length, frame)).toBe(count);
  });

  it("take time: ten bits a byte at 106 kbit/s, and 0.5 ms each", () => {
    // 2 + 3 bytes at 0.0944 ms and one frame.
    expect(airTime(2, 1)).toBeCloseTo(0.972, 3);
    // 4 + 9 bytes: two parts and the acknowledgement between them.
    expect(airTime(4, 2)).toBeCloseTo(2.7272, 3);
  });

  it("change nothing but the time", async () => {
    answer = Uint8Array.from({ length: 258 }, (_, i) => i & 0xff);
    expect(await transmit(SHORT, { frame: 64 })).toEqual(answer);
    expect(reader.traffic.frames).toBe(6);
    expect(reader.clock.now().getTime()).toBeGreaterThan(25);
  });
});

describe("messages", () => {
  const SHORT_LEVEL = { features: 0x0002_0000, maxMessage: 271 };

  it("of a reader for short APDUs refuse the extended form before the card sees it", async () => {
    await expect(transmit(EXTENDED, SHORT_LEVEL)).rejects.toMatchObject({ status: 0x80100016 });
    expect(card.log).not.toContain(toHex(EXTENDED));
    expect(await transmit(SHORT, SHORT_LEVEL)).toEqual(answer);
  });

  it("are cut where they are too long, 512 bytes each of 522", async () => {
    answer = LONG_ANSWER;
    expect(await transmit(EXTENDED, { maxMessage: 522 })).toEqual(LONG_ANSWER);
    // One for the command; 512 + 512 + 512 + 66.
    expect(reader.traffic.messages).toBe(5);
  });

  it("fail where the reader takes less than it says", async () => {
    answer = LONG_ANSWER;
    const lying = { maxMessage: 271, announcedMessage: 65_554 };
    await expect(transmit(EXTENDED, lying)).rejects.toMatchObject({ status: 0x80100016 });
  });

  it("fail where a reader for short APDUs says too little to carry one", async () => {
    answer = new Uint8Array(258).fill(0x90);
    const modest = { ...SHORT_LEVEL, announcedMessage: 263 };
    await expect(transmit(SHORT, modest)).rejects.toMatchObject({ status: 0x80100016 });
    answer = new Uint8Array(253).fill(0x90);
    expect(await transmit(SHORT, modest)).toEqual(answer);
  });
});

describe("waiting time extensions", () => {
  it("are granted one after another, 309.3 ms each, on the reader's own clock", async () => {
    reader.faults.inject({ kind: "waiting", milliseconds: 4000 });
    expect(await transmit(SHORT)).toEqual(answer);
    expect(reader.traffic.extensions).toBe(13);
    expect(reader.clock.now().getTime()).toBeGreaterThanOrEqual(4000);
  });

  it("are fewer when the card asks for more at once, 4949 ms at most", async () => {
    reader.faults.inject({ kind: "waiting", milliseconds: 9000, multiple: 59 }, { times: 1 });
    await transmit(SHORT);
    expect(reader.traffic.extensions).toBe(2);
  });

  it("outlast a host that waits for less", async () => {
    reader.faults.inject({ kind: "waiting", milliseconds: 4000 });
    const hasty = transmit(SHORT, {}, 3000);
    await expect(hasty).rejects.toMatchObject({ condition: "timeout", status: 0x8010000a });
    expect(reader.clock.now().getTime()).toBe(3000);
  });

  it("end in a lost card where the reader mishandles them, which then starts anew", async () => {
    reader.traits = { ...reader.traits, waiting: "lost" };
    reader.faults.inject({ kind: "waiting", milliseconds: 1000 }, { times: 1 });
    const session = reader.connect();
    await expect(session.transmit(SHORT)).rejects.toMatchObject({ condition: "commDataLost" });
    expect(card.log.slice(-2)).toEqual(["off", "on"]);
    await expect(session.transmit(SHORT)).rejects.toMatchObject({ code: "READER_CARD_RESET" });
    expect(reader.present).toBe(true);
  });
});

describe("a fault of a reader", () => {
  it("strikes the commands it is about, after so many and so often", async () => {
    const command = fromHex("00B0010000");
    const at = (bytes: Uint8Array) => bytes[2] === 1;
    reader.faults.inject(
      { kind: "condition", condition: "unexpected" },
      { on: at, after: 1, times: 1 },
    );
    const session = reader.connect();
    expect(await session.transmit(SHORT)).toEqual(answer);
    expect(await session.transmit(command)).toEqual(answer);
    await expect(session.transmit(command)).rejects.toMatchObject({ condition: "unexpected" });
    expect(await session.transmit(command)).toEqual(answer);
  });

  it("ends when it is taken back", async () => {
    const end = reader.faults.inject({ kind: "condition", condition: "unexpected" });
    await expect(transmit(SHORT)).rejects.toMatchObject({ code: "READER_FAILED" });
    end();
    expect(await transmit(SHORT)).toEqual(answer);
  });

  it("takes the card away in the middle of a command", async () => {
    reader.faults.inject({ kind: "removal" });
    await expect(transmit(SHORT)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    expect(reader.present).toBe(false);
    expect(card.log).not.toContain(toHex(SHORT));
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { fromHex, parseAtr, toHex } from "../iso7816/index.ts";
import { InProcessReader } from "./in-process.ts";
import { SimulatedPcsc } from "./pcsc.ts";
import { LogCard } from "./testing/log-card.ts";

const COMMAND = fromHex("0084000008");
const ANSWER = fromHex("00840000 9000");
let reader: InProcessReader;
let card: LogCard;

beforeEach(() => {
  reader = new InProcessReader();
  card = new LogCard();
  reader.insert(card);
});

describe("clients that share a card", () => {
  it("are kept out by one that holds it alone, and keep such a one out", () => {
    const alone = reader.connect("exclusive");
    const busy = expect.objectContaining({ code: "READER_BUSY", status: 0x8010000b });
    expect(() => reader.connect()).toThrow(busy);
    alone.disconnect();
    reader.connect();
    expect(() => reader.connect("exclusive")).toThrow(busy);
  });

  it("wait while another has a transaction, and go on after it", async () => {
    const [mine, other] = [reader.connect(), reader.connect()];
    const order: string[] = [];
    await mine.beginTransaction();
    const waiting = other.transmit(COMMAND).then(() => order.push("other"));
    expect(await mine.transmit(COMMAND)).toEqual(ANSWER);
    order.push("mine");
    mine.endTransaction();
    await waiting;
    expect(order).toEqual(["mine", "other"]);
  });

  it("need not wait for one that left in its transaction", async () => {
    const [mine, other] = [reader.connect(), reader.connect()];
    await mine.beginTransaction();
    mine.disconnect();
    expect(await other.transmit(COMMAND)).toEqual(ANSWER);
  });
});

describe("a transaction without an exchange", () => {
  async function idle(platform: "windows" | "pcsc-lite", milliseconds: number) {
    reader.traits = { ...reader.traits, platform };
    const session = reader.connect();
    await session.beginTransaction();
    reader.clock.advance(milliseconds);
    return session.transmit(COMMAND);
  }

  it("ends in a reset after more than five seconds on Windows", async () => {
    await expect(idle("windows", 5001)).rejects.toMatchObject({ status: 0x80100068 });
    expect(card.log).toContain("reset");
  });

  it("goes on at five seconds, and for ever elsewhere", async () => {
    expect(await idle("windows", 5000)).toEqual(ANSWER);
    reader.remove();
    reader.insert(card);
    expect(await idle("pcsc-lite", 60_000)).toEqual(ANSWER);
  });
});

describe("the answer to reset a reader reports", () => {
  // reader-facts 5.2: contactless and contact answers as the card is known with.
  const TYPE_B = fromHex("3B888001000005E0B381A1007F");
  const CONTACT = fromHex("3BE000FF8131FE4514");

  it.each([TYPE_B, CONTACT])("is the card's own", (atr) => {
    reader.remove();
    reader.insert(new LogCard(undefined, atr));
    expect(reader.connect().atr).toEqual(atr);
    expect(reader.look()).toEqual(atr);
  });

  it("holds the random PUPI where readers do so, and is another each time", () => {
    reader.remove();
    reader.insert(new LogCard(undefined, TYPE_B));
    reader.traits = { ...reader.traits, atr: "with-pupi" };
    const answers = [reader.connect().atr, reader.connect().atr];
    for (const atr of answers) {
      expect(toHex(atr)).toMatch(/^3B8C800150[0-9A-F]{8}000005E0B381A1/);
      expect(parseAtr(atr).historical).toHaveLength(12);
    }
    expect(answers[0]).not.toEqual(answers[1]);
  });

  it("is none where type B cards are not looked for", () => {
    reader.traits = { ...reader.traits, pollsTypeB: false };
    expect(reader.look()).toBeUndefined();
    expect(() => reader.connect()).toThrow(expect.objectContaining({ status: 0x8010000c }));
  });
});

describe("a simulated machine", () => {
  let pcsc: SimulatedPcsc;
  let first: InProcessReader;

  beforeEach(() => {
    pcsc = new SimulatedPcsc();
    first = pcsc.plug("First 00 00");
    first.insert(new LogCard());
  });

  it("lists its readers in order, with what lies in them", () => {
    pcsc.plug("Second 01 00");
    const atr = fromHex("3B80800101");
    expect(pcsc.list()).toEqual([{ name: "First 00 00", atr }, { name: "Second 01 00" }]);
    expect(() => pcsc.plug("First 00 00")).toThrow(
      expect.objectContaining({ code: "READER_BUSY" }),
    );
  });

  it("loses a reader, and has it back under another name", async () => {
    const session = first.connect();
    pcsc.unplug(first);
    await expect(session.transmit(COMMAND)).rejects.toMatchObject({ status: 0x80100017 });
    expect(() => pcsc.list()).toThrow(expect.objectContaining({ status: 0x8010002e }));
    pcsc.replug(first, "First 01 00");
    expect(() => pcsc.reader("First 00 00")).toThrow(
      expect.objectContaining({ status: 0x80100009 }),
    );
    expect(pcsc.nameOf(first)).toBe("First 01 00");
    expect(await pcsc.reader("First 01 00").connect().transmit(COMMAND)).toEqual(ANSWER);
  });

  it.each([
    ["noService", 0x8010001d],
    ["serviceStopped", 0x8010001e],
  ] as const)("stops with %s, and serves again", async (condition, status) => {
    const session = first.connect();
    pcsc.stop(condition);
    await expect(session.transmit(COMMAND)).rejects.toMatchObject({ status });
    expect(() => pcsc.list()).toThrow(expect.objectContaining({ status }));
    expect(() => first.connect()).toThrow(expect.objectContaining({ status }));
    pcsc.start();
    expect(await first.connect().transmit(COMMAND)).toEqual(ANSWER);
  });

  it("is of one kind, readers plugged in before included", () => {
    pcsc.platform = "windows";
    expect(first.traits.platform).toBe("windows");
    expect(pcsc.plug("Second 01 00").traits.platform).toBe("windows");
  });
});

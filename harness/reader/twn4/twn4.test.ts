// The driver against the emulated module, with everything that can go wrong between them.
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { LogCard, mute } from "../../../simulator/reader/testing/log-card.ts";
import { CALL, Twn4, type Twn4Fault } from "../../../simulator/reader/twn4/index.ts";
import type { Reader } from "../reader.ts";
import { EmulatedLine } from "../serial/testing/emulated-line.ts";
import { twn4Reader } from "./index.ts";

const ATR = fromHex("3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B");
const TYPE_A = fromHex("3B8A80014A434F503331563233327A");
const VERIFY = fromHex("00 20 00 80 04 31 32 33 34");
const DONE = fromHex("00 20 00 80 90 00");

let line: EmulatedLine<Twn4>;
let card: LogCard;

beforeEach(() => {
  line = new EmulatedLine((send) => new Twn4({ send, random: new Random("twn4") }));
  card = new LogCard(undefined, ATR);
  line.reader.insert(card);
});

const reader = (framing: "host" | "reader"): Reader =>
  twn4Reader({ device: "/dev/ttyACM0", physical: false, openLine: line.open, framing });

const verified = () => card.log.filter((entry) => entry === "002000800431323334").length;
const written = () => line.written.map((hex) => Buffer.from(hex, "hex").toString().trimEnd());

describe.each(["host", "reader"] as const)("a TWN4, framing by the %s", (framing) => {
  const exchange = framing === "host" ? CALL.exchangeFrame : CALL.exchange;

  it("opens, transmits, resets and closes, and leaves the card without power", async () => {
    const twn4 = reader(framing);
    expect(twn4.info).toEqual({ driver: "twn4", name: "/dev/ttyACM0", physical: false });
    expect(await twn4.open()).toEqual({ atr: ATR });
    expect(await twn4.transmit(VERIFY)).toEqual(DONE);
    expect(await twn4.reset("warm")).toEqual({ atr: ATR });
    expect(await twn4.reset("cold")).toEqual({ atr: ATR });
    await twn4.close();
    await twn4.close();
    expect(card.log).toEqual(["off", "on", "002000800431323334", "reset", "off", "on", "off"]);
    expect(line.rate).toBeUndefined();
  });

  it("understands a line that cuts everything into single bytes", async () => {
    line.cut = true;
    const twn4 = reader(framing);
    expect(await twn4.open()).toEqual({ atr: ATR });
    expect(await twn4.transmit(VERIFY)).toEqual(DONE);
  });

  it("is brought back from the middle of another program's call", async () => {
    line.reader.receive(Uint8Array.from(Buffer.from("1203050084")));
    expect(await reader(framing).open()).toEqual({ atr: ATR });
  });

  it("says that no card is there", async () => {
    line.reader.remove();
    await expect(reader(framing).open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
    expect(line.rate).toBeUndefined();
  });

  it("loses its session with the card, and opens anew with the next", async () => {
    const twn4 = reader(framing);
    await twn4.open();
    line.reader.remove();
    await expect(twn4.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    line.reader.insert(card);
    await expect(twn4.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    await twn4.open();
    expect(await twn4.transmit(VERIFY)).toEqual(DONE);
  });

  it("gives up on a mute card in time, and opens again once it is gone", async () => {
    line.reader.remove();
    line.reader.insert(new LogCard(mute, ATR));
    const twn4 = reader(framing);
    await twn4.open();
    const late = twn4.transmit(VERIFY, { deadline: 50 });
    await expect(late).rejects.toMatchObject({ code: "READER_DEADLINE" });
    await expect(twn4.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_LOST" });
    line.reader.remove();
    line.reader.insert(card);
    await twn4.open();
    expect(await twn4.transmit(VERIFY)).toEqual(DONE);
  });

  it("notices at once that it was unplugged", async () => {
    line.reader.remove();
    line.reader.insert(new LogCard(mute, ATR));
    const twn4 = reader(framing);
    await twn4.open();
    const answer = twn4.transmit(VERIFY);
    line.unplug();
    await expect(answer).rejects.toMatchObject({ code: "READER_LOST" });
  });

  it.each<[string, Twn4Fault]>([
    ["comes byte by byte", { kind: "split" }],
    ["comes late", { kind: "delayed", milliseconds: 20 }],
  ])("has the answer that %s", async (_name, fault) => {
    const twn4 = reader(framing);
    await twn4.open();
    line.reader.arm(fault, exchange);
    expect(await twn4.transmit(VERIFY)).toEqual(DONE);
    expect(verified()).toBe(1);
  });

  it.each<[string, Twn4Fault, string]>([
    ["is lost", { kind: "lost-answer" }, "READER_DEADLINE"],
    ["is cut off", { kind: "truncated" }, "READER_DEADLINE"],
    ["is damaged", { kind: "damaged" }, "READER_TRANSPORT"],
    ["comes with noise", { kind: "stray", bytes: fromHex("47 FF") }, "READER_TRANSPORT"],
    ["is a refusal", { kind: "result", result: 0x05 }, "READER_TRANSPORT"],
    ["comes from a module started anew", { kind: "reset" }, "READER_DEADLINE"],
  ])("ends its session when an answer %s, and sends nothing twice", async (_n, fault, code) => {
    const twn4 = reader(framing);
    await twn4.open();
    line.reader.arm(fault, exchange);
    await expect(twn4.transmit(VERIFY, { deadline: 100 })).rejects.toMatchObject({ code });
    expect(verified()).toBeLessThanOrEqual(1);
    await expect(twn4.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_LOST" });
    expect(line.rate).toBeUndefined();
  });

  it("says that the card has gone with its answer", async () => {
    const twn4 = reader(framing);
    await twn4.open();
    line.reader.arm({ kind: "target-gone" }, exchange);
    await expect(twn4.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    expect(verified()).toBeLessThanOrEqual(1);
  });
});

describe("a TWN4 that frames for itself", () => {
  it("is asked in the words of its manual", async () => {
    const twn4 = reader("reader");
    await twn4.open();
    await twn4.transmit(fromHex("0084000008"));
    expect(written()).toEqual([
      "",
      "0004FF",
      "0501",
      "05020000000002000000",
      "0500FF",
      "1206FF",
      "1201FF",
      "1203050084000008FF",
    ]);
  });

  it("finds a type A card where there is none of type B", async () => {
    line.reader.remove();
    line.reader.insert(new LogCard(undefined, TYPE_A));
    expect(await reader("reader").open()).toEqual({ atr: TYPE_A });
  });

  it.each([
    ["a command for 256 bytes", "00B0000000"],
    ["a command of 256 bytes", `00D60000FA${"00".repeat(251)}`],
  ])("does not send %s, and goes on", async (_name, hex) => {
    const twn4 = reader("reader");
    await twn4.open();
    const answer = twn4.transmit(fromHex(hex));
    await expect(answer).rejects.toMatchObject({ code: "READER_UNSUPPORTED" });
    expect(card.log).toEqual(["off", "on"]);
    expect(await twn4.transmit(VERIFY)).toEqual(DONE);
  });
});

describe("a TWN4 whose host frames", () => {
  it("takes the card over with DESELECT, WUPB and ATTRIB", async () => {
    const twn4 = reader("host");
    await twn4.open();
    await twn4.transmit(fromHex("0084000008"));
    const frames = written().filter((call) => call.startsWith("1207"));
    expect(frames[0]).toBe("120703C26615FF0A00");
    expect(frames[1]).toBe("1207050500083973FF1400");
    expect(frames[2]).toMatch(/^12070B1D.{8}00070100.{4}FF1400$/);
    expect(frames[3]).toMatch(/^120708020084000008.{4}FF3B01$/);
  });

  it("carries the longest commands and answers, which it cannot itself", async () => {
    const long = new Uint8Array(2002).map((_, i) => i);
    line.reader.remove();
    card = new LogCard(() => long, ATR);
    line.reader.insert(card);
    const twn4 = reader("host");
    await twn4.open();
    const command = Uint8Array.of(0, 0xd6, 0, 0, 0, 3, 0xe8, ...new Uint8Array(1000));
    expect(await twn4.transmit(command)).toEqual(long);
    expect(card.log.at(-1)).toHaveLength(2 * command.length);
  });

  it("gives a card that asks for it more time", async () => {
    let found: (response: Uint8Array) => void = () => undefined;
    line.reader.remove();
    const answer = new Promise<Uint8Array>((resolve) => {
      found = resolve;
    });
    line.reader.insert(
      new LogCard(() => answer, fromHex("3B888001000041E0B381010 09B".replace(" ", ""))),
    );
    const twn4 = reader("host");
    await twn4.open();
    const signature = twn4.transmit(VERIFY);
    await expect
      .poll(() => written().filter((call) => call.startsWith("120704F201")).length)
      .toBeGreaterThan(1);
    found(fromHex("9000"));
    expect(await signature).toEqual(fromHex("9000"));
  });

  it("speaks to type B cards alone", async () => {
    line.reader.remove();
    line.reader.insert(new LogCard(undefined, TYPE_A));
    await expect(reader("host").open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
  });
});

it("is not mistaken for a TWN4", async () => {
  const other = new EmulatedLine((send) => ({
    receive: () => send(Uint8Array.from(Buffer.from("000548454C4C4F\r"))),
    insert: () => undefined,
    remove: () => undefined,
    close: () => undefined,
  }));
  const twn4 = twn4Reader({ device: "/dev/ttyACM0", physical: false, openLine: other.open });
  await expect(twn4.open()).rejects.toMatchObject({ code: "READER_DEADLINE" });
});

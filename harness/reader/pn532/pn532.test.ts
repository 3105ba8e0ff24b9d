// The driver against the emulated chip, with everything that can go wrong between them.
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { COMMAND, Pn532Chip, type Pn532Fault } from "../../../simulator/reader/pn532/index.ts";
import { LogCard, mute } from "../../../simulator/reader/testing/log-card.ts";
import type { Reader } from "../reader.ts";
import { EmulatedLine } from "../serial/testing/emulated-line.ts";
import { pn532Reader, rcs620sReader } from "./index.ts";

const ATR = fromHex("3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B");
const VERIFY = fromHex("00 20 00 80 04 31 32 33 34");
const DONE = fromHex("00 20 00 80 90 00");
const DEVICE = "/dev/ttyUSB0";

let line: EmulatedLine<Pn532Chip>;
let card: LogCard;
let reader: Reader;

beforeEach(() => {
  line = new EmulatedLine((send) => new Pn532Chip({ send, random: new Random("pn532") }));
  card = new LogCard(undefined, ATR);
  line.reader.insert(card);
  reader = pn532Reader({ device: DEVICE, physical: false, openLine: line.open });
});

const chip = () => line.reader;
const verified = () => card.log.filter((entry) => entry === "0020008004" + "31323334").length;

describe("a PN532", () => {
  it("says what it is", () => {
    expect(reader.info).toEqual({ driver: "pn532", name: DEVICE, physical: false });
    expect(pn532Reader({ device: DEVICE, physical: true }).info.physical).toBe(true);
  });

  it("is woken, configured and asked for a type B card in the words of its manual", async () => {
    await reader.open();
    expect(line.written).toEqual([
      "55550000000000000000000000000000",
      "0000FF05FBD4140100011600",
      "0000FF02FED4022A00",
      "0000FF06FAD43202000B10DD00",
      "0000FF04FCD4320400F600",
      "0000FF06FAD43205FF0102F300",
      "0000FF04FCD4320100F900",
      "0000FF04FCD4320101F800",
      "0000FF05FBD44A010300DE00",
    ]);
  });

  it("opens, transmits, resets and closes, and leaves the card without power", async () => {
    expect(await reader.open()).toEqual({ atr: ATR });
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
    expect(await reader.reset("warm")).toEqual({ atr: ATR });
    expect(await reader.reset("cold")).toEqual({ atr: ATR });
    await reader.close();
    await reader.close();
    const verify = "002000800431323334";
    expect(card.log).toEqual(["off", "on", verify, "reset", "off", "on", "off"]);
    expect(line.rate).toBeUndefined();
  });

  it("understands a line that cuts everything into single bytes", async () => {
    line.cut = true;
    expect(await reader.open()).toEqual({ atr: ATR });
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
  });

  it("finds a type A card where there is none of type B", async () => {
    chip().remove();
    const atr = fromHex("3B8A80014A434F503331563233327A");
    chip().insert(new LogCard(undefined, atr));
    expect(await reader.open()).toEqual({ atr });
  });

  it("carries the longest commands and answers", async () => {
    const long = new Uint8Array(2002).map((_, i) => i);
    chip().remove();
    card = new LogCard(() => long, ATR);
    chip().insert(card);
    await reader.open();
    const command = Uint8Array.of(0, 0xd6, 0, 0, 0, 3, 0xe8, ...new Uint8Array(1000));
    expect(await reader.transmit(command)).toEqual(long);
    expect(card.log.at(-1)).toHaveLength(2 * command.length);
  });

  it("says that no card is there, and lets go of the line", async () => {
    chip().remove();
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
    expect(line.rate).toBeUndefined();
  });

  it("is not open before it was opened and after it was closed", async () => {
    await expect(reader.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_NOT_OPEN" });
    await reader.open();
    await reader.close();
    await expect(reader.reset("cold")).rejects.toMatchObject({ code: "READER_NOT_OPEN" });
  });

  it("loses its session with the card, and opens anew with the next", async () => {
    await reader.open();
    chip().remove();
    await expect(reader.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    chip().insert(card);
    await expect(reader.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    await reader.open();
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
  });

  it("changes its rate with the chip, and back when it closes", async () => {
    const fast = {
      device: DEVICE,
      physical: false,
      openLine: line.open,
      baudRate: 460800,
    } as const;
    reader = pn532Reader(fast);
    await reader.open();
    expect([chip().baudRate, line.rate]).toEqual([460800, 460800]);
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
    await reader.close();
    expect(chip().baudRate).toBe(115200);
    await reader.open();
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
  });

  it("gives up on a mute card in time, calls the command off and opens again", async () => {
    chip().remove();
    chip().insert(new LogCard(mute, ATR));
    await reader.open();
    const late = reader.transmit(VERIFY, { deadline: 10 });
    await expect(late).rejects.toMatchObject({ code: "READER_DEADLINE" });
    expect(line.written).toContain("0000FF00FF00");
    await expect(reader.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_LOST" });
    chip().remove();
    chip().insert(card);
    await reader.open();
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
  });

  it("notices at once that it was unplugged", async () => {
    chip().remove();
    chip().insert(new LogCard(mute, ATR));
    await reader.open();
    const answer = reader.transmit(VERIFY);
    line.unplug();
    await expect(answer).rejects.toMatchObject({ code: "READER_LOST" });
    await expect(reader.transmit(VERIFY)).rejects.toMatchObject({ code: "READER_LOST" });
  });

  it("is woken again when it missed the first call", async () => {
    chip().arm({ kind: "deaf" }, COMMAND.samConfiguration);
    expect(await reader.open()).toEqual({ atr: ATR });
  });

  it("leaves a line on which nothing answers", async () => {
    const dumb = new EmulatedLine(() => ({
      receive: () => undefined,
      insert: () => undefined,
      remove: () => undefined,
      close: () => undefined,
    }));
    reader = pn532Reader({ device: DEVICE, physical: false, openLine: dumb.open });
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_DEADLINE" });
    expect(dumb.rate).toBeUndefined();
  });
});

describe("a frame that suffers on the line", () => {
  it.each<[string, Pn532Fault]>([
    ["loses its acknowledgement", { kind: "lost-ack" }],
    ["answers with a wrong length checksum", { kind: "bad-length-checksum" }],
    ["answers with a wrong data checksum", { kind: "bad-data-checksum" }],
    ["comes behind noise", { kind: "stray", bytes: fromHex("FF 00 55 D5 00 FF 13 37 A5") }],
    ["comes byte by byte", { kind: "split" }],
    ["is cut off before its checksum", { kind: "truncated", length: 10 }],
    ["is cut off behind its start", { kind: "truncated", length: 3 }],
    ["comes late", { kind: "delayed", milliseconds: 20 }],
  ])("%s, and still the answer is had while the card is asked once", async (_name, fault) => {
    await reader.open();
    chip().arm(fault, COMMAND.inDataExchange);
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
    expect(verified()).toBe(1);
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
  });

  it.each<[string, Pn532Fault, string]>([
    ["is met by NACK", { kind: "nack" }, "READER_TRANSPORT"],
    ["is answered as another", { kind: "wrong-code" }, "READER_TRANSPORT"],
    ["is answered with a syntax error", { kind: "syntax-error" }, "READER_TRANSPORT"],
    ["is never answered", { kind: "lost-answer" }, "READER_DEADLINE"],
    ["is not heard", { kind: "deaf" }, "READER_DEADLINE"],
    ["finds the chip reset", { kind: "reset" }, "READER_DEADLINE"],
    ["meets silence on the air", { kind: "status", status: 0x01 }, "READER_CARD_REMOVED"],
    ["meets a chip without a target", { kind: "status", status: 0x27 }, "READER_CARD_RESET"],
    ["meets another card", { kind: "status", status: 0x2a }, "READER_CARD_REMOVED"],
    ["meets a CRC error", { kind: "status", status: 0x02 }, "READER_TRANSPORT"],
    ["meets what nobody has described", { kind: "status", status: 0x3e }, "READER_TRANSPORT"],
    ["takes the card with it", { kind: "target-gone" }, "READER_CARD_REMOVED"],
  ])("%s: the session is over, and VERIFY was not sent twice", async (_name, fault, code) => {
    await reader.open();
    chip().arm(fault, COMMAND.inDataExchange);
    const answer = reader.transmit(VERIFY, { deadline: 300 });
    await expect(answer).rejects.toMatchObject({ code });
    expect(verified()).toBeLessThanOrEqual(1);
    const sent = line.written.filter((bytes) => bytes.includes("D440")).length;
    expect(sent).toBe(1);
    await expect(reader.transmit(VERIFY)).rejects.toMatchObject({
      code: expect.stringMatching(/^READER_(CARD_REMOVED|CARD_RESET|LOST)$/),
    });
    expect(line.rate).toBeUndefined();
  });

  it("stays damaged, and is not asked for without end", async () => {
    const damaged = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 8 ? 0 : byte));
    const broken = new EmulatedLine(
      (send) =>
        new Pn532Chip({
          random: new Random("pn532"),
          send: (bytes) => send(bytes.length > 20 ? damaged(bytes) : bytes),
        }),
    );
    broken.reader.insert(card);
    reader = pn532Reader({ device: DEVICE, physical: false, openLine: broken.open });
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_TRANSPORT" });
    expect(broken.written.filter((bytes) => bytes === "0000FFFF0000")).toHaveLength(3);
  });

  it("is not taken for the answer to the next command when it comes twice", async () => {
    chip().remove();
    const answers = [fromHex("63C2"), fromHex("9000")];
    chip().insert(new LogCard(() => answers.shift() ?? fromHex("6F00"), ATR));
    await reader.open();
    // The first answer is repeated on demand; then the acknowledgement of the second is lost.
    chip().arm({ kind: "bad-data-checksum" }, COMMAND.inDataExchange);
    expect(await reader.transmit(VERIFY)).toEqual(fromHex("63C2"));
    chip().arm({ kind: "lost-ack" }, COMMAND.inDataExchange);
    const answer = reader.transmit(VERIFY, { deadline: 100 });
    await expect(answer).rejects.toMatchObject({ code: "READER_DEADLINE" });
  });
});

describe("an RC-S620/S", () => {
  it("is reset by a command and then speaks as a PN532 does", async () => {
    const model = "rcs620s";
    line = new EmulatedLine((send) => new Pn532Chip({ send, random: new Random("sony"), model }));
    line.reader.insert(card);
    reader = rcs620sReader({ device: DEVICE, physical: false, openLine: line.open });
    expect(await reader.open()).toEqual({ atr: ATR });
    expect(line.written[0]).toBe("0000FF03FDD418011300");
    expect(await reader.transmit(VERIFY)).toEqual(DONE);
    expect(reader.info.driver).toBe("rcs620s");
  });
});

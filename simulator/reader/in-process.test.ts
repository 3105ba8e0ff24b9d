import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../iso7816/index.ts";
import { InProcessReader } from "./in-process.ts";
import { LogCard, mute } from "./testing/log-card.ts";

const COMMAND = fromHex("0084000008");
let reader: InProcessReader;
let card: LogCard;

beforeEach(() => {
  reader = new InProcessReader();
  card = new LogCard();
});

describe("an in-process reader", () => {
  it("has nothing to connect to without a card", () => {
    expect(reader.present).toBe(false);
    expect(() => reader.connect()).toThrow(expect.objectContaining({ code: "READER_EMPTY" }));
  });

  it("powers the card for its first client and unpowers it after its last", async () => {
    reader.insert(card);
    const first = reader.connect();
    const second = reader.connect();
    expect(await first.transmit(COMMAND)).toEqual(fromHex("00840000 9000"));
    first.disconnect();
    first.disconnect();
    expect(card.log).toEqual(["off", "on", "0084000008"]);
    second.disconnect();
    expect(card.log.at(-1)).toBe("off");
  });

  it("holds one card", () => {
    reader.insert(card);
    expect(() => reader.insert(new LogCard())).toThrow(
      expect.objectContaining({ code: "READER_BUSY" }),
    );
  });

  it("tells when a card comes and goes", () => {
    const seen: unknown[] = [];
    reader.on("inserted", (it) => seen.push("in", it));
    reader.on("removed", (it) => seen.push("out", it));
    reader.insert(card);
    expect(reader.remove()).toBe(card);
    expect(reader.remove()).toBeUndefined();
    expect(seen).toEqual(["in", card, "out", card]);
  });
});

describe("a session", () => {
  it("ends with the card's removal and does not come back with the card", async () => {
    reader.insert(card);
    const session = reader.connect();
    reader.remove();
    reader.insert(card);
    await expect(session.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    expect(() => session.reset("cold")).toThrow(
      expect.objectContaining({ code: "READER_CARD_REMOVED" }),
    );
    expect(card.log).toEqual(["off", "on", "off", "off"]);
  });

  it("starts on a card without power when the card was put back", async () => {
    reader.insert(card);
    reader.connect();
    reader.remove();
    reader.insert(card);
    reader.connect();
    expect(card.log).toEqual(["off", "on", "off", "off", "on"]);
  });

  it("does not see the answer of a card that was taken out while thinking", async () => {
    let answer: (response: Uint8Array) => void = () => undefined;
    const thinking = new LogCard(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    reader.insert(thinking);
    const response = reader.connect().transmit(COMMAND);
    await expect.poll(() => thinking.log).toContain("0084000008");
    reader.remove();
    answer(fromHex("9000"));
    await expect(response).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
  });

  it("ends when another client has the card reset, and not for the one who asked", async () => {
    reader.insert(card);
    const mine = reader.connect();
    const other = reader.connect();
    expect(other.reset("warm")).toEqual(card.atr);
    await expect(mine.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_CARD_RESET" });
    expect(await other.transmit(COMMAND)).toEqual(fromHex("00840000 9000"));
  });

  it("cuts the power on a cold reset and not on a warm one", () => {
    reader.insert(card);
    const session = reader.connect();
    session.reset("warm");
    session.reset("cold");
    expect(card.log).toEqual(["off", "on", "reset", "off", "on"]);
  });

  it("is closed for good once it was disconnected", async () => {
    reader.insert(card);
    const session = reader.connect();
    session.disconnect();
    await expect(session.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_EMPTY" });
  });

  it("lets commands of several clients take turns", async () => {
    const answers: (() => void)[] = [];
    const slow = new LogCard(
      (command) => new Promise((resolve) => answers.push(() => resolve(command))),
    );
    reader.insert(slow);
    const first = reader.connect().transmit(fromHex("00840000"));
    const second = reader.connect().transmit(fromHex("00850000"));
    await expect.poll(() => answers.length).toBe(1);
    expect(slow.log).not.toContain("00850000");
    answers[0]?.();
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    expect(await Promise.all([first, second])).toEqual([fromHex("00840000"), fromHex("00850000")]);
  });

  it("does not wait for a mute card after a cold reset", async () => {
    const commands = [mute, () => fromHex("9000")];
    const dazed = new LogCard(() => commands.shift()?.() ?? fromHex("6F00"));
    reader.insert(dazed);
    const session = reader.connect();
    void session.transmit(COMMAND);
    await expect.poll(() => dazed.log).toContain("0084000008");
    session.reset("cold");
    expect(await session.transmit(COMMAND)).toEqual(fromHex("9000"));
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { LogCard, mute } from "../../simulator/reader/testing/log-card.ts";
import type { Reader } from "./reader.ts";
import { simulatedReader } from "./simulated.ts";

const COMMAND = fromHex("0084000008");
const ANSWER = fromHex("00840000 9000");
let slot: InProcessReader;
let card: LogCard;
let reader: Reader;

beforeEach(() => {
  slot = new InProcessReader("Lab Reader 00 00");
  card = new LogCard();
  reader = simulatedReader(slot);
});

describe("a simulated reader", () => {
  it("is never physical", () => {
    expect(reader.info).toEqual({ driver: "simulated", name: "Lab Reader 00 00", physical: false });
  });

  it("opens, transmits, resets and closes", async () => {
    slot.insert(card);
    expect(await reader.open()).toEqual({ atr: card.atr });
    expect(await reader.transmit(COMMAND)).toEqual(ANSWER);
    expect(await reader.reset("warm")).toEqual({ atr: card.atr });
    expect(await reader.reset("cold")).toEqual({ atr: card.atr });
    await reader.close();
    await reader.close();
    expect(card.log).toEqual(["off", "on", "0084000008", "reset", "off", "on", "off"]);
  });

  it("says that no card is in it", async () => {
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
  });

  it("is not open before it was opened and after it was closed", async () => {
    slot.insert(card);
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_NOT_OPEN" });
    await reader.open();
    await reader.close();
    await expect(reader.reset("warm")).rejects.toMatchObject({ code: "READER_NOT_OPEN" });
  });

  it("loses its session with the card, and opens anew with the next", async () => {
    slot.insert(card);
    await reader.open();
    slot.remove();
    slot.insert(card);
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    await reader.open();
    expect(await reader.transmit(COMMAND)).toEqual(ANSWER);
  });

  it("notices a reset by another client, who is not disturbed in turn", async () => {
    slot.insert(card);
    const other = simulatedReader(slot);
    await reader.open();
    await other.open();
    await other.reset("warm");
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_CARD_RESET" });
    expect(await other.transmit(COMMAND)).toEqual(ANSWER);
  });

  it("gives up on a mute card in time and opens again", async () => {
    slot.insert(new LogCard(mute));
    await reader.open();
    await expect(reader.transmit(COMMAND, { deadline: 10 })).rejects.toMatchObject({
      code: "READER_DEADLINE",
    });
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_LOST" });
    slot.remove();
    slot.insert(card);
    await reader.open();
    expect(await reader.transmit(COMMAND)).toEqual(ANSWER);
  });

  it("takes an answer without status word for a broken transport", async () => {
    slot.insert(new LogCard(() => Uint8Array.of(0x90)));
    await reader.open();
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({ code: "READER_TRANSPORT" });
  });

  it("wraps whatever else goes wrong in the card", async () => {
    const cause = new Error("the state could not be saved");
    slot.insert(new LogCard(() => Promise.reject(cause)));
    await reader.open();
    await expect(reader.transmit(COMMAND)).rejects.toMatchObject({
      code: "READER_TRANSPORT",
      cause,
    });
  });
});

// The PN532 driver through an emulated MCP2221A: the same driver, another wire.
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { Mcp2221, Pn532OnI2c } from "../../../simulator/reader/mcp2221/index.ts";
import { LogCard, mute } from "../../../simulator/reader/testing/log-card.ts";
import type { Reader } from "../reader.ts";
import { bridgedPn532Reader } from "./pn532-line.ts";
import { EmulatedHidHost } from "./testing/emulated-hid.ts";

const ATR = fromHex("3B 88 80 01 00 00 00 00 33 81 81 00 3A");
const SELECT = fromHex("00 A4 04 0C 01 D3");
const SELECTED = fromHex("00 A4 04 0C 90 00");

let bridge: Mcp2221;
let pn532: Pn532OnI2c;
let hid: EmulatedHidHost;
let reader: Reader;

beforeEach(() => {
  pn532 = new Pn532OnI2c({ random: new Random("i2c") });
  pn532.chip.insert(new LogCard(undefined, ATR));
  bridge = new Mcp2221(pn532);
  const listed = { path: "/dev/hidraw3", vendorId: 0x04d8, productId: 0x00dd };
  hid = new EmulatedHidHost({ listed, device: bridge });
  reader = bridgedPn532Reader({ physical: false, hid });
});

const insertAnother = (card: LogCard) => {
  pn532.chip.remove();
  pn532.chip.insert(card);
};

describe("a PN532 behind an MCP2221A", () => {
  it("opens, transmits, resets and closes", async () => {
    expect(reader.info).toEqual({ driver: "pn532", name: "MCP2221A", physical: false });
    expect(await reader.open()).toEqual({ atr: ATR });
    expect(await reader.transmit(SELECT)).toEqual(SELECTED);
    expect(await reader.reset("warm")).toEqual({ atr: ATR });
    expect(await reader.reset("cold")).toEqual({ atr: ATR });
    await reader.close();
    expect(hid.opened).toBe(0);
  });

  it("carries the longest commands and answers", async () => {
    const long = new Uint8Array(2002).map((_, i) => i);
    insertAnother(new LogCard(() => long, ATR));
    await reader.open();
    const command = Uint8Array.of(0, 0xd6, 0, 0, 0, 3, 0xe8, ...new Uint8Array(1000));
    expect(await reader.transmit(command)).toEqual(long);
    await reader.close();
  });

  it("waits while the bridge is busy, and sends the command to the card once", async () => {
    const card = new LogCard(undefined, ATR);
    insertAnother(card);
    await reader.open();
    bridge.arm("busy");
    bridge.arm("busy");
    expect(await reader.transmit(SELECT)).toEqual(SELECTED);
    expect(card.log.filter((entry) => entry === "00A4040C01D3")).toHaveLength(1);
    await reader.close();
  });

  it.each(["unplugged", "no-address-ack", "mute"] as const)(
    "is lost when the bridge is %s in an exchange, and opens when it is back",
    async (fault) => {
      await reader.open();
      bridge.arm(fault);
      const code = fault === "mute" ? "READER_DEADLINE" : "READER_LOST";
      await expect(reader.transmit(SELECT)).rejects.toMatchObject({ code });
      await expect(reader.transmit(SELECT)).rejects.toMatchObject({ code: "READER_LOST" });
      expect(hid.opened).toBe(0);
      bridge.replug();
      await reader.open();
      expect(await reader.transmit(SELECT)).toEqual(SELECTED);
      await reader.close();
    },
  );

  it("gives up a card that says nothing, in time", async () => {
    insertAnother(new LogCard(mute, ATR));
    await reader.open();
    await expect(reader.transmit(SELECT, { deadline: 100 })).rejects.toMatchObject({
      code: "READER_DEADLINE",
    });
    expect(hid.opened).toBe(0);
  });

  it("is not there when no bridge is", async () => {
    const none = bridgedPn532Reader({ physical: true, hid: new EmulatedHidHost() });
    await expect(none.open()).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  });
});

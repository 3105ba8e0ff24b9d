// A relay board that moves the card of an emulated PN532 and carries its supply: what a scenario is
// told when either is pulled in the middle, and that the next one runs.
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { Random } from "../../simulator/random.ts";
import { RelayBoard } from "../../simulator/reader/hid-relay/index.ts";
import { pn532 } from "../../simulator/reader/index.ts";
import { LogCard, mute } from "../../simulator/reader/testing/log-card.ts";
import { EmulatedHidHost } from "../reader/hid/testing/emulated-hid.ts";
import { endsSession, type Reader } from "../reader/index.ts";
import { pn532Reader } from "../reader/pn532/index.ts";
import { EmulatedLine } from "../reader/serial/testing/emulated-line.ts";
import { type Actuator, actuatorOver } from "./actuator.ts";
import { hidRelay } from "./hid-relay.ts";

const SELECT = fromHex("00 A4 04 0C 01 D3");
const SELECTED = fromHex("00 A4 04 0C 90 00");
/** Milliseconds within which each thing that goes wrong is to be known, on a busy machine too. */
const KNOWN_WITHIN = 5_000;

const ATR = fromHex("3B 88 80 01 00 00 00 00 33 81 81 00 3A");
let board: RelayBoard;
let line: EmulatedLine<pn532.Pn532Chip>;
let card: LogCard;
let answer: (command: Uint8Array) => Uint8Array | Promise<Uint8Array>;
let reader: Reader;
let actuator: Actuator;

beforeEach(async () => {
  board = new RelayBoard();
  line = new EmulatedLine((send) => new pn532.Pn532Chip({ send, random: new Random("relay") }));
  answer = () => SELECTED;
  card = new LogCard((command) => answer(command), ATR);
  board.on("switched", (relay, on) => {
    if (relay === 2 && on) line.unplug();
    if (relay === 1 && on) line.reader.insert(card);
    if (relay === 1 && !on) line.reader.remove();
  });
  const listed = { path: "a", vendorId: 0x16c0, productId: 0x05df, product: "USBRelay2" };
  const hid = new EmulatedHidHost({ listed, device: board });
  const wiring = { card: { relay: 1, on: "present" }, power: { relay: 2, on: "cut" } } as const;
  actuator = actuatorOver(hidRelay(wiring, { hid, deadline: 100 }));
  reader = pn532Reader({ device: "/dev/ttyUSB0", physical: false, openLine: line.open });
  await actuator.present();
});

/** As one scenario after another: opens, exchanges, lets go. */
async function nextScenario(): Promise<void> {
  await actuator.putBack();
  await reader.open();
  expect(await reader.transmit(SELECT)).toEqual(SELECTED);
  await reader.close();
}

async function inTime<T>(body: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const outcome = await body();
  expect(performance.now() - began).toBeLessThan(KNOWN_WITHIN);
  return outcome;
}

describe("in the middle of a scenario", () => {
  it("the card is torn away while it works", async () => {
    await reader.open();
    answer = mute;
    const outcome = await inTime(() =>
      actuator.tear(() => reader.transmit(SELECT, { deadline: 500 }), 1),
    );
    const { reason } = outcome as PromiseRejectedResult;
    expect(endsSession(reason), String(reason)).toBe(true);
    answer = () => SELECTED;
    await nextScenario();
  });

  it("the reader loses its supply", async () => {
    await reader.open();
    answer = mute;
    const exchange = inTime(() => reader.transmit(SELECT));
    const lost = expect(exchange).rejects.toMatchObject({ code: "READER_LOST" });
    await actuator.cutPower();
    await lost;
    answer = () => SELECTED;
    await nextScenario();
  });

  it.each([
    ["is pulled", "unplugged", "ACTUATOR_LOST"],
    ["is stuck", "write-stalled", "ACTUATOR_DEADLINE"],
    ["does not switch", "contact-welded", "ACTUATOR_FAILED"],
  ] as const)("the relay board %s", async (_, fault, code) => {
    await reader.open();
    board.arm(fault);
    const removing = inTime(() => expect(actuator.remove()).rejects.toMatchObject({ code }));
    await removing;
    await reader.close();
    board.replug();
    await nextScenario();
  });
});

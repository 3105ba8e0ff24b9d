// What every actuator does alike, on the simulated one.
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { LogCard, mute } from "../../simulator/reader/testing/log-card.ts";
import { type Reader, simulatedReader } from "../reader/index.ts";
import { type Acted, type Actuator, actuatorOver } from "./actuator.ts";
import { openActuator } from "./open.ts";
import { simulatedActuator } from "./simulated.ts";
import { actuatorSpec } from "./spec.ts";

const SELECT = fromHex("00 A4 04 0C 01 D3");

let slot: InProcessReader;
let reader: Reader;
let done: Acted[];
let actuator: Actuator;

beforeEach(() => {
  slot = new InProcessReader();
  reader = simulatedReader(slot);
  done = [];
  actuator = actuatorOver(simulatedActuator(slot, new LogCard()), (what) => done.push(what));
});

describe("an actuator", () => {
  it("puts the card down and takes it away, and tells what it did", async () => {
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
    await actuator.present();
    await reader.open();
    await actuator.remove();
    await expect(reader.transmit(SELECT)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    expect(done.map(({ act }) => act)).toEqual(["present", "remove"]);
    expect(done[0]?.actuator).toEqual({ driver: "simulated", name: slot.name });
  });

  it("cuts a reader's power and gives it back", async () => {
    await actuator.present();
    await reader.open();
    await actuator.cutPower();
    await expect(reader.transmit(SELECT)).rejects.toMatchObject({ code: "READER_LOST" });
    await actuator.restorePower();
    await reader.open();
    expect(await reader.transmit(SELECT)).toEqual(fromHex("00 A4 04 0C 90 00"));
  });

  it("tears a card out of a command", async () => {
    actuator = actuatorOver(simulatedActuator(slot, new LogCard(mute)));
    await actuator.present();
    await reader.open();
    const outcome = await actuator.tear(() => reader.transmit(SELECT), 1);
    expect(outcome).toMatchObject({
      status: "rejected",
      reason: { code: "READER_CARD_REMOVED" },
    });
  });

  it("puts back what it took, once", async () => {
    await actuator.present();
    await actuator.cutPower();
    await actuator.remove();
    done.length = 0;
    await actuator.putBack();
    await actuator.putBack();
    expect(done.map(({ act }) => act)).toEqual(["restore-power", "present"]);
    await reader.open();
  });

  it("takes nothing for done that failed, and puts it back all the same", async () => {
    const tried: string[] = [];
    const broken = {
      ...simulatedActuator(slot),
      perform: async (act: string) => {
        tried.push(act);
        throw new Error("jammed");
      },
    };
    const jammed = actuatorOver(broken, (what) => done.push(what));
    await expect(jammed.remove()).rejects.toThrow("jammed");
    await expect(jammed.putBack()).rejects.toThrow("jammed");
    expect([done, tried]).toEqual([[], ["remove", "present"]]);
  });

  it("waits for the exchange also when the card could not be torn out", async () => {
    const only = { ...simulatedActuator(slot), can: new Set<never>() };
    let ended = false;
    const tearing = actuatorOver(only).tear(async () => {
      ended = true;
    });
    await expect(tearing).rejects.toMatchObject({ code: "ACTUATOR_UNSUPPORTED" });
    expect(ended).toBe(true);
  });
});

describe("an actuator in a configuration", () => {
  it.each([
    [{ driver: "hid-relay", card: { relay: 1, on: "present" } }, ["present", "remove"]],
    [{ driver: "hid-relay", power: { relay: 2, on: "cut" } }, ["cut-power", "restore-power"]],
    [{ driver: "servo", device: "/dev/ttyACM0", acts: ["remove"] }, ["remove"]],
    [
      { driver: "operator", desk: "http", port: 0 },
      ["present", "remove", "cut-power", "restore-power"],
    ],
  ])("%o can do what it says", async (spec, can) => {
    const driver = await openActuator(actuatorSpec.parse(spec));
    expect([...driver.can]).toEqual(can);
    await driver.close();
  });

  it.each([
    { driver: "hid-relay", card: { relay: 9, on: "present" } },
    { driver: "hid-relay", serial: "FOUR" },
    { driver: "servo" },
    { driver: "operator", desk: "letter" },
    { driver: "crane" },
  ])("%o is refused", (spec) => {
    expect(actuatorSpec.safeParse(spec).success).toBe(false);
  });
});

// The relay driver against the emulated board, with everything that can go wrong between them.
import { beforeEach, describe, expect, it } from "vitest";
import { RelayBoard } from "../../simulator/reader/hid-relay/index.ts";
import { EmulatedHidHost } from "../reader/hid/testing/emulated-hid.ts";
import { type ActuatorDriver, actuatorOver } from "./actuator.ts";
import { hidRelay } from "./hid-relay.ts";

const LISTED = { vendorId: 0x16c0, productId: 0x05df, product: "USBRelay2" };
const WIRING = {
  card: { relay: 1, on: "present" },
  power: { relay: 2, on: "cut" },
} as const;

let board: RelayBoard;
let hid: EmulatedHidHost;
let relay: ActuatorDriver;

beforeEach(() => {
  board = new RelayBoard();
  hid = new EmulatedHidHost({ listed: { ...LISTED, path: "/dev/hidraw0" }, device: board });
  relay = hidRelay(WIRING, { hid, deadline: 100 });
});

describe("a relay board", () => {
  it("moves the card and cuts the power as it is wired, and reads back that it did", async () => {
    expect(await relay.perform("present")).toBe("relay 1 of BENCH reads back on");
    expect(await relay.perform("cut-power")).toBe("relay 2 of BENCH reads back on");
    expect([...board.energised]).toEqual([1, 2]);
    expect(await relay.perform("remove")).toBe("relay 1 of BENCH reads back off");
    await relay.perform("restore-power");
    expect([...board.energised]).toEqual([]);
    await relay.close();
    expect(hid.opened).toBe(0);
  });

  it("refuses what it is not wired to do, and touches nothing", async () => {
    const actuator = actuatorOver(hidRelay({ card: WIRING.card }, { hid }));
    expect([...actuator.can]).toEqual(["present", "remove"]);
    await expect(actuator.cutPower()).rejects.toMatchObject({ code: "ACTUATOR_UNSUPPORTED" });
    expect(hid.opened).toBe(0);
  });

  it.each([
    ["write-stalled", "ACTUATOR_DEADLINE"],
    ["contact-welded", "ACTUATOR_FAILED"],
    ["unplugged", "ACTUATOR_LOST"],
  ] as const)("that is %s fails with %s, and works again afterwards", async (fault, code) => {
    await relay.perform("remove");
    board.arm(fault);
    await expect(relay.perform("present")).rejects.toMatchObject({ code });
    board.replug();
    expect(await relay.perform("present")).toContain("reads back on");
  });

  it("that answers under another id is not believed", async () => {
    await relay.perform("remove");
    board.arm("wrong-report-id");
    await expect(relay.perform("present")).rejects.toMatchObject({ code: "ACTUATOR_FAILED" });
  });

  it("is told from another by its five characters", async () => {
    const other = new RelayBoard({ serial: "OTHER", idInFront: true });
    hid = new EmulatedHidHost(
      { listed: { ...LISTED, path: "/dev/hidraw0" }, device: board },
      { listed: { ...LISTED, path: "/dev/hidraw1" }, device: other },
    );
    const named = hidRelay({ ...WIRING, serial: "OTHER" }, { hid });
    await named.perform("present");
    expect([[...board.energised], [...other.energised]]).toEqual([[], [1]]);
    expect(hid.opened).toBe(1);
    const nameless = hidRelay(WIRING, { hid });
    await expect(nameless.perform("present")).rejects.toMatchObject({ code: "ACTUATOR_NOT_FOUND" });
    expect(hid.opened).toBe(1);
  });

  it("is not any device with the numbers everybody shares", async () => {
    hid = new EmulatedHidHost({
      listed: { ...LISTED, path: "/dev/hidraw0", product: "Keyboard" },
      device: board,
    });
    const driver = hidRelay(WIRING, { hid });
    await expect(driver.perform("present")).rejects.toMatchObject({ code: "ACTUATOR_NOT_FOUND" });
  });

  it("that cannot be asked is named, with why, where none is found", async () => {
    board.unplug();
    await expect(relay.perform("present")).rejects.toMatchObject({
      code: "ACTUATOR_NOT_FOUND",
      message: expect.stringContaining("the relay board is unplugged"),
    });
    expect(hid.opened).toBe(0);
  });
});

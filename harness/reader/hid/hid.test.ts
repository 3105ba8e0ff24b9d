// The port's rules, and node-hid as far as it goes on a machine without a device.

import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { RelayBoard } from "../../../simulator/reader/hid-relay/index.ts";
import { loadNodeHid, nodeHidHost, openingCode } from "./node-hid.ts";
import { findHid, withDeadline } from "./port.ts";
import { EmulatedHidHost } from "./testing/emulated-hid.ts";

const ON_1 = fromHex("00 FF 01 00 00 00 00 00 00");
const NUMBERS = { vendorId: 0x16c0, productId: 0x05df };
const installed = await loadNodeHid(true).then(
  () => true,
  () => false,
);

describe("node-hid", () => {
  it.runIf(installed)("lists the devices of this machine, each with a path", async () => {
    const listed = await nodeHidHost(true).list();
    expect(listed.every(({ path }) => path.length > 0)).toBe(true);
  });

  it.runIf(installed)("says that a device is not there", async () => {
    const path = "/dev/hidraw-none";
    expect(existsSync(path)).toBe(false);
    await expect(nodeHidHost(true).open(path)).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  });

  it("that is not installed is named", async () => {
    await expect(loadNodeHid(true, "node-hid-that-is-missing")).rejects.toMatchObject({
      code: "HID_PACKAGE_MISSING",
    });
  });

  it("is not loaded in a worker thread", async () => {
    for (const call of [nodeHidHost(false).list(), nodeHidHost(false).open("a")]) {
      await expect(call).rejects.toMatchObject({ code: "READER_UNSUPPORTED" });
    }
  });

  it.each([
    ["libusb-1.0.so.0: cannot open shared object file: No such file", "HID_PACKAGE_MISSING"],
    ["cannot open device with path /dev/hidraw0: Permission denied", "HID_ACCESS_DENIED"],
    ["cannot open device with path /dev/hidraw0", "READER_NOT_FOUND"],
  ])("says %s", (words, code) => {
    expect(openingCode(words)).toBe(code);
  });
});

describe("a HID port", () => {
  const plugged = (path: string, device = new RelayBoard()) => ({
    listed: { ...NUMBERS, path },
    device,
  });

  it("that is stuck is given up in time, and closing it too", async () => {
    const board = new RelayBoard();
    board.arm("write-stalled");
    const host = new EmulatedHidHost(plugged("a", board));
    const port = await host.open("a");
    const never = () => new Promise<never>(() => undefined);
    const limited = withDeadline({ ...port, close: never }, 20);
    await expect(limited.sendFeatureReport(ON_1)).rejects.toMatchObject({
      code: "READER_DEADLINE",
    });
    await expect(limited.close()).resolves.toBeUndefined();
  });

  it("is found by its numbers, and by its path where there are several", async () => {
    const host = new EmulatedHidHost(plugged("a"), plugged("b"));
    expect((await findHid(host, { ...NUMBERS, path: "b" })).path).toBe("b");
    await expect(findHid(host, NUMBERS)).rejects.toMatchObject({ code: "READER_AMBIGUOUS" });
    const other = { ...NUMBERS, productId: 1 };
    await expect(findHid(host, other)).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  });

  it("is of no use once it is closed", async () => {
    const host = new EmulatedHidHost(plugged("a"));
    const port = await host.open("a");
    await port.close();
    await port.close();
    expect(host.opened).toBe(0);
    await expect(port.sendFeatureReport(ON_1)).rejects.toMatchObject({ code: "READER_LOST" });
  });
});

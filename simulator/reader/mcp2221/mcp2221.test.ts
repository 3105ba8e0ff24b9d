// Reports by hand from the datasheet's tables, and the emulated bridge by those reports alone.
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { Mcp2221 } from "./bridge.ts";
import { Pn532OnI2c } from "./pn532-on-i2c.ts";
import {
  cancelReport,
  decodeBridgeAnswer,
  decodeBridgeCommand,
  getDataReport,
  readReport,
  speedReport,
  writeReports,
} from "./report.ts";

const filled = (hex: string, length: number) => {
  const report = new Uint8Array(length);
  report.set(fromHex(hex));
  return report;
};
const toBridge = (hex: string) => filled(`00 ${hex}`, 65);
const fromBridge = (hex: string) => filled(hex, 64);
/** GetFirmwareVersion of a PN532, and its answer behind the ready byte. */
const ASK = "00 00 FF 02 FE D4 02 2A 00";
const TOLD = "01 0000FF06FAD50332010607E800".replaceAll(" ", "");
const REFUSED = expect.objectContaining({ code: "HID_REPORT_INVALID" });

describe("reports of an MCP2221A", () => {
  it.each([
    ["cancels", cancelReport(), "10 00 10"],
    ["sets 100 kHz", speedReport(100_000), "10 00 00 20 75"],
    ["sets 400 kHz", speedReport(400_000), "10 00 00 20 1B"],
    ["reads 276 bytes of device 24", readReport(0x24, 276), "91 14 01 49"],
    ["fetches", getDataReport(), "40"],
  ])("one that %s", (_, report, hex) => {
    expect(report).toEqual(toBridge(hex));
  });

  it("cut a write into pieces of sixty bytes under the length of the whole", () => {
    const [first, second, ...others] = writeReports(0x24, new Uint8Array(61).fill(0xaa));
    expect(first).toEqual(toBridge(`90 3D 00 48 ${"AA".repeat(60)}`));
    expect(second).toEqual(toBridge("90 3D 00 48 AA"));
    expect(others).toEqual([]);
  });

  it("tell what was read, that there is nothing yet, and that nobody is there", () => {
    expect(decodeBridgeAnswer(fromBridge("40 00 55 03 01 02 03"))).toEqual({
      code: 0x40,
      accepted: true,
      engine: 0x55,
      data: fromHex("01 02 03"),
    });
    const nothing = decodeBridgeAnswer(fromBridge("40 41 00 7F"));
    expect([nothing.accepted, nothing.data.length]).toEqual([false, 0]);
    expect(decodeBridgeAnswer(fromBridge("90 00 25"))).toMatchObject({ engine: 0x25 });
  });

  it("are refused when they are none", () => {
    expect(() => decodeBridgeAnswer(new Uint8Array(63))).toThrow(REFUSED);
    expect(() => decodeBridgeAnswer(fromBridge("40 00 55 3D"))).toThrow(REFUSED);
    expect(() => decodeBridgeCommand(filled("01 10", 65))).toThrow(REFUSED);
    expect(() => readReport(0x80, 1)).toThrow(REFUSED);
    expect(() => readReport(0x24, 0)).toThrow(REFUSED);
    expect(() => readReport(0x24, 65536)).toThrow(REFUSED);
  });
});

describe("an emulated MCP2221A with a PN532", () => {
  const bridge = () => new Mcp2221(new Pn532OnI2c({ random: new Random("i2c") }));
  const asked = async (to: Mcp2221, hex: string) => {
    await to.write(toBridge(hex));
    return toHex((await to.read()) ?? new Uint8Array(0));
  };

  it("has the chip acknowledge and answer, each behind the ready byte", async () => {
    const usb = bridge();
    expect(await asked(usb, `90 09 00 48 ${ASK}`)).toMatch(/^900000/);
    await asked(usb, "91 01 00 49");
    expect(await asked(usb, "40")).toMatch(/^4000550101/);
    await asked(usb, "91 07 00 49");
    expect(await asked(usb, "40")).toMatch(/^40005507010000FF00FF00/);
    await asked(usb, "91 0E 00 49");
    expect(await asked(usb, "40")).toContain(`4000550E${TOLD}`);
    await asked(usb, "91 01 00 49");
    expect(await asked(usb, "40")).toMatch(/^4000550100/);
  });

  it("gives long answers in pieces", async () => {
    const usb = bridge();
    await asked(usb, "91 3D 00 49");
    expect(await asked(usb, "40")).toMatch(/^4000543C/);
    expect(await asked(usb, "40")).toMatch(/^40005501/);
    expect(await asked(usb, "40")).toMatch(/^4041..7F/);
  });

  it("finds nobody at another address", async () => {
    expect(await asked(bridge(), "90 01 00 4A AA")).toMatch(/^900025/);
  });

  it("fails once as it was told to", async () => {
    const usb = bridge();
    usb.arm("busy");
    usb.arm("no-address-ack");
    usb.arm("mute");
    expect(await asked(usb, "91 01 00 49")).toMatch(/^9101/);
    expect(await asked(usb, "91 01 00 49")).toMatch(/^910025/);
    expect(await asked(usb, "91 01 00 49")).toBe("");
    usb.arm("unplugged");
    await expect(asked(usb, "10")).rejects.toMatchObject({ code: "HID_UNPLUGGED" });
    usb.replug();
    expect(await asked(usb, "10")).toMatch(/^1000/);
  });
});

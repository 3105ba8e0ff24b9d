import { describe, expect, it } from "vitest";
import { hidRows } from "./device-rows.ts";

const device = (vendorId: number, productId: number, product?: string) => ({
  path: `/dev/hidraw${productId}`,
  vendorId,
  productId,
  ...(product === undefined ? {} : { product }),
});

describe("HID devices", () => {
  it("are those a bench works with, by name; keyboards and mice are left out", () => {
    const rows = hidRows([
      device(0x16c0, 0x05df, "USBRelay2"),
      device(0x046d, 0xc31c, "Keyboard"),
      device(0x04d8, 0x00dd),
    ]);
    expect(rows.map(({ driver, name }) => [driver, name])).toEqual([
      ["hid", "/dev/hidraw1503"],
      ["hid", "/dev/hidraw221"],
    ]);
    expect(rows[0]?.device).toMatch(/^USBRelay2 USB relay board/);
    expect(rows[1]?.device).toMatch(/^MCP2221A/);
  });
});

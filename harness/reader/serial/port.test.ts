import { describe, expect, it } from "vitest";
import { loadSerialPort } from "./package.ts";
import { openingCode } from "./port.ts";

describe("why a serial device cannot be opened", () => {
  it.each([
    ["Error: No such file or directory, cannot open /dev/ttyUSB9", "READER_NOT_FOUND"],
    ["Opening COM9: File not found", "READER_NOT_FOUND"],
    ["Error Resource temporarily unavailable Cannot lock port", "READER_BUSY"],
    ["Error: Permission denied, cannot open /dev/ttyUSB0", "SERIAL_ACCESS_DENIED"],
    ["Opening COM3: Access denied", "SERIAL_ACCESS_DENIED"],
    ["Error: Unknown error code 31", "READER_TRANSPORT"],
  ])("is told from %j: %s", (message, code) => {
    expect(openingCode(message)).toBe(code);
  });
});

it("says what to install where the package is not there", async () => {
  await expect(loadSerialPort("serialport-of-nobody")).rejects.toMatchObject({
    code: "SERIAL_PACKAGE_MISSING",
    message: expect.stringContaining("serialport-of-nobody"),
  });
});

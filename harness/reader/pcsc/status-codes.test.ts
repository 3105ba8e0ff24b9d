import { describe, expect, it } from "vitest";
import { BenchError } from "../../errors.ts";
import { loadError } from "./pcsclite.ts";
import { meaningOf, pcscError, statusError, statusOf } from "./status-codes.ts";

describe("pcscError", () => {
  // Messages as pcsclite 1.0.1 makes them (reader-facts 2.1, 2.2); texts are pcsc_stringify_error's.
  it.each([
    ["SCardConnect error: No smart card inserted.(0x8010000c)", "READER_NO_CARD"],
    ["SCardConnect error: Sharing violation.(0x8010000b)", "READER_BUSY"],
    ["SCardConnect error: Card protocol mismatch.(0x8010000f)", "READER_TRANSPORT"],
    ["SCardConnect error: Card is unresponsive.(0x80100066)", "READER_CARD_MUTE"],
    ["SCardConnect error: Card is unpowered.(0x80100067)", "READER_CARD_MUTE"],
    ["SCardConnect error: Unknown reader specified.(0x80100009)", "READER_NOT_FOUND"],
    ["SCardConnect error: Reader is unavailable.(0x80100017)", "READER_LOST"],
    ["SCardTransmit error: Card was removed.(0x80100069)", "READER_CARD_REMOVED"],
    ["SCardTransmit error: Card was reset.(0x80100068)", "READER_CARD_RESET"],
    ["SCardTransmit error: Transaction failed.(0x80100016)", "READER_TRANSPORT"],
    ["SCardTransmit error: Insufficient buffer.(0x80100008)", "READER_TRANSPORT"],
    ["SCardTransmit error: Invalid handle.(0x80100003)", "READER_NOT_OPEN"],
    ["SCardGetStatusChange error: RPC transport error.(0x80100013)", "PCSC_SERVICE_STOPPED"],
    ["SCardEstablishContext error: Service not available.(0x8010001d)", "PCSC_SERVICE_STOPPED"],
    ["SCardEstablishContext error: Service was stopped.(0x8010001e)", "PCSC_SERVICE_STOPPED"],
    ["SCardEstablishContext error: Access denied.(0x8010006a)", "PCSC_ACCESS_DENIED"],
    ["SCardListReaders error: Cannot find a smart card reader.(0x8010002e)", "READER_NOT_FOUND"],
    ["SCardGetStatusChange error: Command cancelled.(0x80100002)", "READER_LOST"],
    ["SCardControl error: Feature not supported.(0x8010001f)", "READER_UNSUPPORTED"],
    ["SCardTransmit error: Unknown error.(0x801000ff)", "READER_TRANSPORT"],
    ["Card Reader not connected", "READER_TRANSPORT"],
  ])("reads %s as %s", (message, code) => {
    const cause = new Error(message);
    expect(pcscError(cause)).toMatchObject({ code, message, cause });
  });

  it("leaves an error of the bench alone", () => {
    const error = new BenchError("READER_NOT_FOUND", "no such reader");
    expect(pcscError(error)).toBe(error);
  });
});

describe("meaningOf", () => {
  // "Unsupported feature" by pcsclite.h and by Microsoft's list, and what else the numbers mean.
  it.each([
    ["pcsc-lite", 0x8010001f, "READER_UNSUPPORTED"],
    ["pcsc-lite", 0x80100022, "READER_TRANSPORT"],
    ["windows", 0x8010001f, "READER_TRANSPORT"],
    ["windows", 0x80100022, "READER_UNSUPPORTED"],
    ["windows", 0x00000001, "READER_UNSUPPORTED"],
    ["windows", 0x0000045d, "READER_TRANSPORT"],
    ["macos", 0x80100022, "READER_UNSUPPORTED"],
  ] as const)("on %s reads %i as %s", (platform, status, code) => {
    expect(meaningOf(status, platform)).toBe(code);
  });

  it("takes a number for the same whether it came signed or not", () => {
    expect(meaningOf(-2146434967, "pcsc-lite")).toBe("READER_CARD_REMOVED");
    expect(statusError(-2146434967, "SCardTransmit failed")).toMatchObject({
      status: 0x80100069,
      message: "SCardTransmit failed (0x80100069)",
    });
  });
});

describe("statusOf", () => {
  it("reads the last parenthesis only", () => {
    expect(statusOf("error: (0x8010000c) in words(0x80100069)")).toBe(0x80100069);
    expect(statusOf("error (0x8010000c) and more")).toBeUndefined();
  });
});

describe("loadError", () => {
  it.each([
    ["ERR_MODULE_NOT_FOUND", "Cannot find package 'pcsclite'", "PCSC_PACKAGE_MISSING"],
    // What `bindings` throws when the package is there and its addon was never built.
    [undefined, "Could not locate the bindings file. Tried: ...", "PCSC_PACKAGE_MISSING"],
    [
      "ERR_DLOPEN_FAILED",
      "The module was compiled against a different Node.js version using NODE_MODULE_VERSION 108.",
      "PCSC_PACKAGE_MISSING",
    ],
    [
      "ERR_DLOPEN_FAILED",
      "libpcsclite.so.1: cannot open shared object file: No such file or directory",
      "PCSC_LIBRARY_MISSING",
    ],
  ])("reads %s %s as %s", (nodeCode, message, code) => {
    const cause = Object.assign(new Error(message), { code: nodeCode });
    expect(loadError(cause)).toMatchObject({ code, message, cause });
  });
});

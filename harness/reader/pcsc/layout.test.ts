import { describe, expect, it } from "vitest";
import { layoutOf } from "./layout.ts";

describe("the layout of PC/SC in memory", () => {
  // DWORD, LONG and handles: wintypes.h of pcsc-lite, winscard.h of Windows, wintypes.h of macOS.
  it.each([
    ["pcsc-lite", "ulong", "long", "long", false],
    ["windows", "uint32", "int32", "uintptr", false],
    ["macos", "uint32", "int32", "int32", true],
  ] as const)("of %s", (platform, dword, status, handle, packed) => {
    expect(layoutOf(platform)).toMatchObject({ dword, status, handle, packed });
  });

  // SCARD_CTL_CODE(1) and (3500): reader-facts 4.4; on Windows CTL_CODE(0x31, 3500, 0, 0).
  it.each([
    ["pcsc-lite", 1, 0x42000001],
    ["windows", 3500, 0x003136b0],
    ["macos", 1, 0x42000001],
  ] as const)("makes control codes as %s does", (platform, code, control) => {
    expect(layoutOf(platform).controlCode(code)).toBe(control);
  });

  it("names functions as each system does", () => {
    expect(layoutOf("windows").names).toMatchObject({ SCardConnect: "SCardConnectA" });
    expect(layoutOf("macos").names).toMatchObject({ SCardControl: "SCardControl132" });
    expect(layoutOf("pcsc-lite").names).toEqual({});
  });
});

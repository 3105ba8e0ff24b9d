/** Sizes and offsets as koffi makes them from the tables, against what C compilers make of the headers. */
import { describe, expect, it } from "vitest";
import { systemParts } from "../testing/require-system.ts";
import { layoutOf } from "./layout.ts";
import type { PcscPlatform } from "./status-codes.ts";
import { loadKoffi, structures } from "./winscard.ts";

const system = systemParts(["koffi"]);
const FIELDS = [
  "szReader",
  "pvUserData",
  "dwCurrentState",
  "dwEventState",
  "cbAtr",
  "rgbAtr",
] as const;

/** On machines with pointers of eight bytes. An unsigned long has eight bytes on Linux. */
const EXPECTED: readonly [PcscPlatform, number, readonly number[], number][] = [
  ["pcsc-lite", 80, [0, 8, 16, 24, 32, 40], 16],
  ["windows", 64, [0, 8, 16, 20, 24, 28], 8],
  ["macos", 61, [0, 8, 16, 20, 24, 28], 8],
];

describe.skipIf(system.missing.length > 0)(system.title("structures of PC/SC"), () => {
  it.each(EXPECTED)("on %s", async (platform, size, offsets, ioRequestSize) => {
    const koffi = await loadKoffi();
    const { readerState, ioRequest } = structures(koffi, layoutOf(platform));
    expect(koffi.sizeof(readerState)).toBe(size);
    expect(FIELDS.map((field) => koffi.offsetof(readerState, field))).toEqual(offsets);
    expect(koffi.sizeof(ioRequest)).toBe(ioRequestSize);
  });
});

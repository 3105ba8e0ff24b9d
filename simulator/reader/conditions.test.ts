import { describe, expect, it } from "vitest";
import { type PcscPlatform, type ReaderCondition, ReaderFailure } from "./conditions.ts";

/** Numbers of pcsclite.h and of Microsoft's list, written down by hand. */
const STATUSES: readonly [ReaderCondition, number][] = [
  ["invalidHandle", 0x80100003],
  ["unknownReader", 0x80100009],
  ["timeout", 0x8010000a],
  ["sharingViolation", 0x8010000b],
  ["noCard", 0x8010000c],
  ["notTransacted", 0x80100016],
  ["readerUnavailable", 0x80100017],
  ["noService", 0x8010001d],
  ["serviceStopped", 0x8010001e],
  ["unexpected", 0x8010001f],
  ["noReaders", 0x8010002e],
  ["commDataLost", 0x8010002f],
  ["cardReset", 0x80100068],
  ["cardRemoved", 0x80100069],
];

describe("a failure of a reader", () => {
  it.each(STATUSES)("has the same number everywhere for %s", (condition, status) => {
    for (const platform of ["pcsc-lite", "windows", "macos"] as const) {
      expect(new ReaderFailure("R", condition, platform)).toMatchObject({ status, condition });
    }
  });

  it.each([
    ["pcsc-lite", 0x8010001f],
    ["windows", 0x80100022],
  ] as const)("has another number for an unsupported feature on %s", (platform, status) => {
    const failure = new ReaderFailure("R", "unsupportedFeature", platform satisfies PcscPlatform);
    expect(failure).toMatchObject({ status, platform, code: "READER_FAILED" });
  });
});

import { expect, it } from "vitest";
import { forgetDates } from "./zip-dates.ts";

/** Little-endian, as an archive has it. */
const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** 15:04:04 on 2026-11-21: hour, minute and half seconds; years since 1980, month and day. */
const THEN = [...u16((15 << 11) | (4 << 5) | 2), ...u16((46 << 9) | (11 << 5) | 21)];
/** 00:00:00 on 1980-01-01. */
const FIRST_DAY = [0x00, 0x00, 0x21, 0x00];

/** An archive of two empty files, `a` and `bc`, the second with an extra field in the directory. */
function archive(date: readonly number[]): Uint8Array {
  const local = (name: string) => [
    ...[...u32(0x04034b50), ...u16(20), ...u16(0), ...u16(0), ...date, ...u32(0), ...u32(0)],
    ...[...u32(0), ...u16(name.length), ...u16(0), ...Buffer.from(name)],
  ];
  const entry = (name: string, offset: number, extra: readonly number[]) => [
    ...[...u32(0x02014b50), ...u16(20), ...u16(20), ...u16(0), ...u16(0), ...date, ...u32(0)],
    ...[...u32(0), ...u32(0), ...u16(name.length), ...u16(extra.length), ...u16(0), ...u16(0)],
    ...[...u16(0), ...u32(0), ...u32(offset), ...Buffer.from(name), ...extra],
  ];
  const files = [...local("a"), ...local("bc")];
  const directory = [...entry("a", 31 - 31, [0xfe, 0xca, 0, 0]), ...entry("bc", 31, [])];
  const end = [
    ...[...u32(0x06054b50), ...u16(0), ...u16(0), ...u16(2), ...u16(2)],
    ...[...u32(directory.length), ...u32(files.length), ...u16(0)],
  ];
  return Uint8Array.from([...files, ...directory, ...end]);
}

it("sets every date of every file to the first there is, and touches nothing else", () => {
  const bytes = archive(THEN);

  forgetDates(bytes);

  expect(bytes).toEqual(archive(FIRST_DAY));
});

it("refuses what is no archive", () => {
  expect(() => forgetDates(new Uint8Array(22))).toThrow(RangeError);
  expect(() => forgetDates(new Uint8Array(3))).toThrow(RangeError);
});

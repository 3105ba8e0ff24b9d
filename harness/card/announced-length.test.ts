import { describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { announcedLength } from "./announced-length.ts";

describe("the length an object announces", () => {
  it.each([
    ["30 82 06 2B", 1583],
    ["FF 10 0C 31", 15],
    ["FF 10 82 00 0C", 17],
    ["FF 40 82 00 9F DF 41", 164],
    ["7F 21 82 02 33", 568],
    ["04 7F", 129],
    ["04 81 80", 131],
    ["04 83 01 00 00", 65541],
    // A tag number of 128 takes two more bytes.
    ["DF 81 00 02", 6],
    ["30 00", 2],
  ])("%s: %d bytes", (start, length) => {
    expect(announcedLength(fromHex(start))).toBe(length);
  });

  it.each(["", "30", "30 82", "30 82 06", "FF", "FF 90", "30 80", "30 84 00 00 00 01"])(
    "'%s' announces none",
    (start) => {
      expect(announcedLength(fromHex(start))).toBeUndefined();
    },
  );
});

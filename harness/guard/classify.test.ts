import { describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { classify } from "./classify.ts";

describe("classify", () => {
  it.each([
    ["00A4040C 0A D392F000260100000001", "reads"],
    ["00A4020C 02 0018", "reads"],
    ["00B00000 00", "reads"],
    ["00B08A00 000000", "reads"],
    ["00B2010C 00", "reads"],
    ["00CA0042 00", "reads"],
    ["FFCA0000 00", "reads"],
    ["FFCA0000 01 00", "unknown"],
    ["00840000 08", "reads"],
    ["00880099 04 01020304 00", "reads"],
    ["802A0000 02 0102 00", "reads"],
    ["00200080", "reads"],
    ["00200098 00", "reads"],
    ["00200098 000000", "reads"],
    ["802A0080 02 0102 00", "signs"],
    ["802A009A 02 0102 00", "signs"],
    ["00880097 04 01020304 00", "signs"],
    ["00200080 04 31323334", "tries"],
    ["0020009B 000006 414243313233", "tries"],
    ["00200098 04 31323334 00", "tries"],
    // A PIN in places where it may be tried all the same, or not seen.
    ["00200080 31", "never"],
    ["00200080 003132", "never"],
    ["00200080 31323334", "never"],
    ["00200000 04 31323334", "never"],
    ["00200180 04 31323334", "never"],
    ["10200080 04 31323334", "never"],
    ["01200080 04 31323334", "never"],
    ["08200098 04 86020131", "never"],
    ["0C200098 04 86020131", "never"],
    ["00210080 04 31323334", "never"],
    ["00240080 08 3132333435363738", "never"],
    ["00240180 04 31323334", "changes"],
    ["80320080 04 31323334", "changes"],
    ["00820000 08 0102030405060708", "changes"],
    ["80A206C1 01 7F", "changes"],
    ["80AE0000 01 7F", "changes"],
    ["00D60000 01 FF", "changes"],
    ["00B00000 01 FF", "unknown"],
    ["01B00000 00", "unknown"],
    ["80540000", "unknown"],
    ["000E0000", "unknown"],
    ["FF000000 02 D402", "unknown"],
    ["0020", "never"],
    ["00", "unknown"],
    ["", "unknown"],
  ])("takes %s for a command that %s", (hex, kind) => {
    expect(classify(fromHex(hex))).toBe(kind);
  });
});

import { describe, expect, it } from "vitest";
import { describeStatus, SW, triesLeft, triesLeftStatus } from "./status-words.ts";

describe("status words", () => {
  it.each([
    [0x9000, "正常終了", "success"],
    [0x6982, "セキュリティ条件を満たしていない（PIN未照合）", "security status not satisfied"],
    [0x6984, "PINが閉塞している", "reference data is locked"],
    [0x6a82, "ファイルまたはAPがない", "file or application not found"],
    [0x63c0, "残り0回", "0 tries left"],
    [0x63c1, "残り1回", "1 try left"],
    [0x63c5, "残り5回", "5 tries left"],
    [0x6fff, "未知の応答", "unknown status"],
  ])("%i is explained in both languages", (sw, ja, en) => {
    expect(describeStatus(sw)).toEqual({ ja, en });
  });

  // Section 4 of card-facts, the clients' tables.
  it.each([
    0x6281, 0x6282, 0x6283, 0x6300, 0x6381, 0x6400, 0x6581, 0x66f1, 0x6700, 0x6881, 0x6882, 0x6981,
    0x6982, 0x6983, 0x6984, 0x6985, 0x6986, 0x6987, 0x6988, 0x69fc, 0x6a80, 0x6a81, 0x6a82, 0x6a83,
    0x6a84, 0x6a85, 0x6a86, 0x6a87, 0x6a88, 0x6b00, 0x6d00, 0x6e00, 0x6f00, 0x9000,
  ])("%i of the clients' tables is known", (sw) => {
    expect(describeStatus(sw).en).not.toBe("unknown status");
  });

  it("that have a name in code have a meaning", () => {
    const nameless = Object.entries(SW).filter(
      ([, sw]) => describeStatus(sw).en === "unknown status",
    );
    expect(nameless).toEqual([]);
  });

  it("tell tries in 63CX and nowhere else", () => {
    expect([0x63c0, 0x63c3, 0x63cf].map(triesLeft)).toEqual([0, 3, 15]);
    expect([0x6300, 0x63d0, 0x9000, 0x6984].map(triesLeft)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([0, 3, 15].map(triesLeftStatus)).toEqual([0x63c0, 0x63c3, 0x63cf]);
  });

  it.each([-1, 16, 2.5])("cannot tell %f tries", (tries) => {
    expect(() => triesLeftStatus(tries)).toThrow(expect.objectContaining({ code: "APDU_INVALID" }));
  });
});

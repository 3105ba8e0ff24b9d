import { describe, expect, it } from "vitest";
import { SELECT_JPKI, SELECT_TEXT, selectFile, testCard, verify } from "../testing/card.ts";

const CHANGE = "002401800435363738";

describe("CHANGE REFERENCE DATA (card-facts section 4)", () => {
  it("needs the PIN to have been presented", () => {
    const card = testCard();
    expect(card.statuses(SELECT_JPKI, selectFile("0018"), CHANGE)).toEqual([
      "9000",
      "9000",
      "6982",
    ]);
    expect(card.statuses(verify("1234"))).toEqual(["9000"]);
  });

  it("needs that PIN and not another", () => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("001B"), verify("PASSWORD"), selectFile("0018"));
    expect(card.send(CHANGE)).toBe("6982");
  });

  it("changes the PIN of the text application too", () => {
    const card = testCard();
    card.statuses(SELECT_TEXT, selectFile("0011"), verify("1234"));
    expect(card.statuses(CHANGE, verify("1234"), verify("5678"))).toEqual(["9000", "63C2", "9000"]);
  });

  it("keeps 照合番号A and B as issued", () => {
    const card = testCard();
    card.statuses(SELECT_TEXT, selectFile("0014"), verify("123456789018"));
    expect(card.send("002401800C 303030303030303030303030")).toBe("6982");
  });

  it.each([
    ["letters", "0024018004 41424344", "6A80"],
    ["five digits", "0024018005 3132333435", "6A80"],
    ["nothing", "00240180", "6700"],
    ["seventeen bytes", `0024018011 ${"31".repeat(17)}`, "6700"],
    ["the old PIN as well (P1 = 00)", "0024008008 3132333435363738", "6A86"],
  ])("refuses %s as the new PIN", (_what, command, status) => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"));
    expect(card.statuses(command, verify("1234"))).toEqual([status, "9000"]);
  });

  it.each([
    ["6 characters", "0024018006 414243444546", "9000"],
    ["16 characters", `0024018010 ${"5A".repeat(16)}`, "9000"],
    ["5 characters", "0024018005 4142434445", "6A80"],
    ["small letters", "0024018006 616263646566", "6A80"],
  ])("holds the 署名用 password to its rule: %s", (_what, command, status) => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("001B"), verify("PASSWORD"));
    expect(card.send(command)).toBe(status);
  });

  it("is refused on files that are no PIN and without a current file", () => {
    const card = testCard();
    expect(card.statuses(SELECT_JPKI, CHANGE, selectFile("0017"), CHANGE)).toEqual([
      "9000",
      "6986",
      "9000",
      "6981",
    ]);
  });

  it("is unknown to applications that use CHANGE KEY, and the other way round", () => {
    expect(testCard().statuses(CHANGE, SELECT_JPKI, "803200800435363738")).toEqual([
      "6D00",
      "9000",
      "6D00",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { SELECT_JPKI, SELECT_TEXT, selectFile, testCard, verify } from "../testing/card.ts";

describe("SELECT of applications (card-facts section 4)", () => {
  it("finds an application by its full name and answers nothing but 9000", () => {
    expect(testCard().send(SELECT_JPKI)).toBe("9000");
    expect(testCard().send(SELECT_TEXT)).toBe("9000");
  });

  it("finds the issuer security domain of the power-on state", () => {
    expect(testCard().send("00A4040C07A0000001510000")).toBe("9000");
  });

  it("finds by a partial name and goes on to the next occurrence", () => {
    const card = testCard();
    expect(card.statuses("00A4040C03D392F0", selectFile("0018"))).toEqual(["9000", "9000"]);
    // D3 92 is the beginning of the JPKI application's name and then of the text application's.
    expect(card.statuses("00A4040C02D392", "00A4040202D392", selectFile("0014"))).toEqual([
      "9000",
      "9000",
      "9000",
    ]);
  });

  it("answers 6A82 when no further name begins like that", () => {
    expect(testCard().statuses("00A4040C0AD392F000260100000001", "00A4040E04D392F000")).toEqual([
      "9000",
      "6A82",
    ]);
  });

  it("gives the name in an FCI when it is asked for and Le is there", () => {
    const card = testCard();
    expect(card.send("00A404000AD392F000260100000001 00")).toBe("6F0C840AD392F0002601000000019000");
    expect(card.send("00A404000AD392F000260100000001")).toBe("9000");
    expect(card.send("00A404000AD392F000260100000001 05")).toBe("6700");
  });

  it("leaves everything as it was when the name is unknown", () => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"));
    expect(card.statuses("00A4040C05A000000003", "00B08100 04")).toEqual(["6A82", "6982"]);
    expect(card.statuses(selectFile("0017"), "802A02800100 00")).toEqual(["9000", "6985"]);
  });

  it.each([
    ["P1 of another kind", "00A4080C023F00", "6A86"],
    ["P2 with a reserved bit", "00A4041C0AD392F000260100000001", "6A86"],
    ["P2 for the last occurrence", "00A404010AD392F000260100000001", "6A86"],
    ["a name of 17 bytes", `00A4040C11D392F000260100000001${"00".repeat(7)}`, "6700"],
    ["no name", "00A4040C", "6700"],
  ])("refuses %s", (_what, command, status) => {
    expect(testCard().send(command)).toBe(status);
  });
});

describe("SELECT of the master file that is not there (card-facts 2.7)", () => {
  it("is 6A86 after power-on and 9000 without effect in an application", () => {
    const card = testCard();
    expect(card.send("00A40000")).toBe("6A86");
    expect(card.statuses(SELECT_JPKI, selectFile("000A"), "00A40000")).toEqual([
      "9000",
      "9000",
      "9000",
    ]);
    expect(card.send("00B0000004")).toBe("3082062B9000");
  });

  it.each([
    "00A40000023F00",
    "00A4000C023F00",
    "00A4020C023F00",
    "00A4020C022F10",
    "00A4020C022F11",
  ])("%s is 6A82 at any level", (command) => {
    const card = testCard();
    expect(card.send(command)).toBe("6A82");
    expect(card.statuses(SELECT_JPKI, command)).toEqual(["9000", "6A82"]);
  });
});

describe("the current EF (card-facts 2.6)", () => {
  const NEEDY = [
    ["READ BINARY", "00B0000001"],
    ["READ RECORD", "00B2010400"],
    ["VERIFY", verify("1234")],
    ["retry query", "00200080"],
    ["CHANGE REFERENCE DATA", "002401800435363738"],
    ["COMPUTE DIGITAL SIGNATURE", `802A028020${"00".repeat(32)}00`],
  ] as const;

  it.each(NEEDY)("is missing for %s before a file is selected", (_name, command) => {
    expect(testCard().statuses(SELECT_JPKI, command)).toEqual(["9000", "6986"]);
  });

  it.each(NEEDY)(
    "is missing for %s after an application is selected, be it the same",
    (_n, command) => {
      const card = testCard();
      card.statuses(SELECT_JPKI, selectFile("0018"));
      expect(card.statuses(SELECT_JPKI, command)).toEqual(["9000", "6986"]);
    },
  );

  it.each([
    ["READ BINARY", "00B0880001", "00B0000003", "8F8F009000"],
    ["VERIFY", "0020009804 31323334", "00200080", "63C3"],
    ["retry query", "0020009B", "00200080", "63C5"],
    ["COMPUTE DIGITAL SIGNATURE", `802A029720${"00".repeat(32)}00`, "00B0000001", "6981"],
  ])("is the one that %s named by its short identifier", (_name, named, then, answer) => {
    const card = testCard();
    card.statuses(SELECT_JPKI, named);
    expect(card.send(then)).toBe(answer);
  });
});

describe("SELECT of files (card-facts section 4)", () => {
  it("is 6A82 for what is not in the application, and the current file stays", () => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("000A"));
    expect(card.send(selectFile("0003"))).toBe("6A82");
    expect(card.send("00B0000004")).toBe("3082062B9000");
  });

  it("is 6A82 as long as no application is selected", () => {
    expect(testCard().send(selectFile("0018"))).toBe("6A82");
  });

  it("refuses other P2 and identifiers that are not two bytes", () => {
    const card = testCard();
    card.send(SELECT_JPKI);
    expect(card.statuses("00A40200020018", "00A4020C0118", "00A4020C03001800")).toEqual([
      "6A86",
      "6A87",
      "6A87",
    ]);
  });
});

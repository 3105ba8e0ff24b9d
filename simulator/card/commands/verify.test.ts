import { describe, expect, it } from "vitest";
import { SELECT_JPKI, SELECT_TEXT, selectFile, testCard, verify } from "../testing/card.ts";

function atAuthPin() {
  const card = testCard();
  card.statuses(SELECT_JPKI, selectFile("0018"));
  return card;
}

const QUERY = "00200080";

describe("VERIFY (card-facts section 3)", () => {
  it("tells the tries left without spending one, also after success", () => {
    const card = atAuthPin();
    expect(card.statuses(QUERY, QUERY, verify("1234"), QUERY)).toEqual([
      "63C3",
      "63C3",
      "9000",
      "63C3",
    ]);
  });

  it("takes the fifth byte a T=0 stack appends for a query (card-facts 1.2)", () => {
    expect(atAuthPin().send("0020008000")).toBe("63C3");
  });

  it("restores the full count with the right PIN", () => {
    const card = atAuthPin();
    expect(
      card.statuses(verify("0000"), verify("0000"), verify("1234"), QUERY, verify("0000")),
    ).toEqual(["63C2", "63C1", "9000", "63C3", "63C2"]);
  });

  it("counts the 署名用 password from five, apart from the other PIN", () => {
    const card = atAuthPin();
    card.statuses(verify("0000"), selectFile("001B"));
    const wrong = verify("WRONG1");
    expect(card.statuses(wrong, wrong, wrong, wrong, wrong, wrong, QUERY)).toEqual([
      "63C4",
      "63C3",
      "63C2",
      "63C1",
      "63C0",
      "6984",
      "63C0",
    ]);
    expect(card.statuses(selectFile("0018"), QUERY)).toEqual(["9000", "63C2"]);
  });

  it("names the PIN by short identifier and makes it current", () => {
    const card = testCard();
    expect(card.statuses(SELECT_JPKI, "0020009804 31323334", QUERY, "0020009B")).toEqual([
      "9000",
      "9000",
      "63C3",
      "63C5",
    ]);
  });

  it("counts a PIN of the wrong length as a wrong PIN", () => {
    expect(atAuthPin().statuses(verify("123"), verify("12345"))).toEqual(["63C2", "63C1"]);
  });

  it("is 6700 for more than sixteen bytes and costs nothing", () => {
    expect(atAuthPin().statuses(verify("1".repeat(17)), QUERY)).toEqual(["6700", "63C3"]);
  });

  it("takes the password in capital letters only", () => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("001B"));
    expect(card.statuses(verify("password"), verify("PASSWORD"))).toEqual(["63C4", "9000"]);
  });

  it("takes a right back with the next wrong PIN", () => {
    const card = atAuthPin();
    card.statuses(verify("1234"), verify("0000"));
    expect(card.send(`802A029720 ${"00".repeat(32)}00`)).toBe("6982");
  });

  it("speaks the extended form as well (card-facts 4.3)", () => {
    expect(atAuthPin().send("00200080 000004 31323334")).toBe("9000");
  });

  it.each([
    ["P1 other than 00", "0020018004 31323334", "6A86"],
    ["P2 without bit 8", "0020001804 31323334", "6A86"],
    ["P2 with reserved bits", "002000D804 31323334", "6A86"],
    ["a short identifier nobody has", "0020008304 31323334", "6A88"],
    ["a key", "0020009704 31323334", "6981"],
    ["a certificate", "0020008A04 31323334", "6981"],
  ])("refuses %s", (_what, command, status) => {
    expect(testCard().statuses(SELECT_JPKI, command)).toEqual(["9000", status]);
  });

  it("needs a current file (card-facts 2.6)", () => {
    expect(testCard().statuses(SELECT_JPKI, verify("1234"), QUERY)).toEqual([
      "9000",
      "6986",
      "6986",
    ]);
  });

  it("finds the key that ships blocked (card-facts 2.2, text 0012)", () => {
    const card = testCard();
    expect(card.statuses(SELECT_TEXT, selectFile("0012"), QUERY, verify("0000"))).toEqual([
      "9000",
      "9000",
      "63C0",
      "6984",
    ]);
  });
});

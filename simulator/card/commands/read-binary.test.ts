import { describe, expect, it } from "vitest";
import { SELECT_JPKI, SELECT_TEXT, selectFile, testCard, verify } from "../testing/card.ts";
import { AUTH_CERTIFICATE_BYTES } from "../testing/spec.ts";

function jpkiCard() {
  const card = testCard();
  card.send(SELECT_JPKI);
  return card;
}

describe("READ BINARY (card-facts section 4, 4.2)", () => {
  it("reads fewer bytes at the end of the file and still answers 9000", () => {
    const card = jpkiCard();
    card.send(selectFile("000A"));
    // 0x0600 = 1536, so 47 bytes are left.
    expect(card.send("00B0060000")).toBe(`${"A1".repeat(47)}9000`);
  });

  it("is 6B00 at the end of the file and beyond", () => {
    const card = jpkiCard();
    card.send(selectFile("000A"));
    expect(card.statuses("00B0062E01", "00B0062F01", "00B0063000", "00B07FFF00")).toEqual([
      "9000",
      "6B00",
      "6B00",
      "6B00",
    ]);
  });

  it("takes an offset of fifteen bits", () => {
    const card = jpkiCard();
    card.send(selectFile("000A"));
    expect(card.send("00B0000202")).toBe("062B9000");
  });

  it("reads by short identifier, which makes the file current", () => {
    const card = jpkiCard();
    expect(card.send("00B08A0004")).toBe("3082062B9000");
    expect(card.send("00B0000002")).toBe("30829000");
    expect(card.send("00B08A0202")).toBe("062B9000");
    expect(card.send("00B08800FF")).toBe("8F8F009000");
  });

  it("reads a whole file with extended Le (card-facts 4.3)", () => {
    const response = jpkiCard().send("00B08A00000000");
    expect(response).toHaveLength(2 * (AUTH_CERTIFICATE_BYTES + 2));
    expect(response.startsWith("3082062BA1")).toBe(true);
  });

  it("reads as much as an extended Le asks for", () => {
    expect(jpkiCard().send("00B08A00000100")).toHaveLength(2 * 258);
  });

  it("needs a current file (card-facts 2.6)", () => {
    const card = jpkiCard();
    expect(card.send("00B0000004")).toBe("6986");
    card.statuses(selectFile("000A"), SELECT_JPKI);
    expect(card.send("00B0000004")).toBe("6986");
  });

  it("is 6A82 for a short identifier nobody has, 6A86 with reserved bits in P1", () => {
    const card = jpkiCard();
    expect(card.statuses("00B0830004", "00B0CA0004", "00B0AA0004")).toEqual([
      "6A82",
      "6A86",
      "6A86",
    ]);
  });

  it.each(["0010", "0017", "0018", "001A", "001B", "001E"])(
    "never reads the internal file %s (card-facts 2.6)",
    (id) => {
      const card = jpkiCard();
      card.statuses(selectFile("0018"), verify("1234"), selectFile("001B"), verify("PASSWORD"));
      expect(card.statuses(selectFile(id), "00B0000000")).toEqual(["9000", "6981"]);
    },
  );

  it("needs the right before it looks at lengths", () => {
    const card = testCard();
    card.send(SELECT_TEXT);
    expect(card.statuses(selectFile("0001"), "00B07FFF00", "00B00000")).toEqual([
      "9000",
      "6982",
      "6982",
    ]);
  });

  it("needs Le", () => {
    expect(jpkiCard().statuses("00B08800", "00B0880003")).toEqual(["6700", "9000"]);
  });
});

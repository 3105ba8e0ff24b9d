import { describe, expect, it } from "vitest";
import { fromHex } from "../../iso7816/index.ts";
import { SELECT_JPKI, selectFile, testCard } from "../testing/card.ts";

function jpkiCard() {
  const card = testCard();
  card.send(SELECT_JPKI);
  return card;
}

describe("公的個人認証AP (card-facts 2.1)", () => {
  // EF, first bytes, total length of the certificate
  it.each([
    ["0002", "30820514", 1304],
    ["000A", "3082062B", 1583],
    ["000B", "30820523", 1319],
  ])("EF %s is a certificate anybody may read", (id, header, length) => {
    const card = jpkiCard();
    card.send(selectFile(id));
    const whole = card.send("00B00000000000");
    expect(whole.startsWith(header)).toBe(true);
    expect(whole).toHaveLength(2 * (length + 2));
  });

  it("EF 0001 needs the 署名用 password and not the other PIN (0.3-1)", () => {
    const card = jpkiCard();
    expect(
      card.statuses(
        "00B0810004",
        "0020009804 31323334",
        "00B0810004",
        "0020009B08 50415353574F5244",
        "00B0810004",
      ),
    ).toEqual(["6982", "9000", "6982", "9000", "9000"]);
  });

  it("EF 0006 is the token information (5.6)", () => {
    const card = jpkiCard();
    card.send(selectFile("0006"));
    const token = fromHex(card.send("00B0000000")).slice(0, -2);
    const text = (start: number, length: number) =>
      new TextDecoder().decode(token.slice(start, start + length));
    const number = (offset: number) => new DataView(token.buffer).getUint32(offset);

    expect(token).toHaveLength(160);
    expect(text(0, 32)).toBe(`JPKIAPICCTOKEN2${" ".repeat(17)}`);
    expect(text(32, 32)).toBe(`${"0".repeat(31)}1`);
    expect(text(64, 16)).toBe("E16R01NJ        ");
    expect(text(80, 16)).toBe("0123456789012345");
    expect(number(96)).toBe(0x0000040d);
    expect([100, 104, 108, 112, 116, 120].map(number)).toEqual([1, 0, 1, 0, 16, 6]);
    expect([124, 128, 132, 136].map(number)).toEqual(Array(4).fill(0xffffffff));
    expect(text(140, 4)).toBe("0301");
    expect(text(144, 16)).toBe("9".repeat(16));
  });

  it("EF 0008 tells that both certificates are there, in exactly three bytes", () => {
    const card = jpkiCard();
    expect(card.send("00B0880000")).toBe("8F8F009000");
    expect(card.send("00B0880300")).toBe("6B00");
  });

  it("EF 0009 stays refused after both PINs", () => {
    const card = jpkiCard();
    card.statuses("0020009804 31323334", "0020009B08 50415353574F5244");
    expect(card.statuses(selectFile("0009"), "00B0000001")).toEqual(["9000", "6982"]);
  });

  it.each(["0005", "0006", "0008", "0009", "0010", "0017", "0019", "001C", "001E"])(
    "EF %s can be selected",
    (id) => {
      expect(jpkiCard().send(selectFile(id))).toBe("9000");
    },
  );

  it.each(["0003", "0004", "0007", "000C", "0011", "001D"])("EF %s does not exist", (id) => {
    expect(jpkiCard().send(selectFile(id))).toBe("6A82");
  });
});

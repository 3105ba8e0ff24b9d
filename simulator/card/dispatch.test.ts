import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseResponse } from "../iso7816/index.ts";
import { SELECT_JPKI, testCard } from "./testing/card.ts";

describe("command dispatch (card-facts section 4)", () => {
  it.each([
    ["an unknown instruction", "00 01 00 00", "6D00"],
    ["GET RESPONSE, which is not of this card", "00 C0 00 00 00", "6D00"],
    ["UPDATE BINARY", "00 D6 00 00 01 00", "6D00"],
    ["RESET RETRY COUNTER", "00 2C 00 80", "6D00"],
    ["an unknown instruction of the card's class", "80 01 00 00", "6D00"],
    ["an ordinary instruction in the card's class", "80 A4 04 0C 02 D3 92", "6D00"],
    ["the card's instruction in the ordinary class", "00 2A 02 97 01 00 00", "6D00"],
    ["an unknown class", "A0 A4 00 00 02 3F 00", "6E00"],
    ["class FF", "FF CA 00 00 00", "6E00"],
    ["command chaining", "10 A4 04 0C 02 D3 92", "6E00"],
    ["logical channel 1", "01 A4 04 0C 02 D3 92", "6881"],
    ["logical channel 3", "03 84 00 00 08", "6881"],
    ["logical channel 4", "40 84 00 00 08", "6881"],
    ["logical channel 2 of the card's class", "82 2A 00 80 01 00 00", "6881"],
    ["MANAGE CHANNEL", "00 70 00 00 01", "6D00"],
    ["three bytes", "00 A4 04", "6700"],
    ["no bytes", "", "6700"],
    ["an Lc that promises more", "00 A4 02 0C 02 00", "6700"],
    ["an extended Lc of zero", "00 20 00 80 00 00 00 31", "6700"],
  ])("%s: %s is %s", (_what, command, status) => {
    const card = testCard();
    expect(card.send(command)).toBe(status);
    expect(card.statuses(SELECT_JPKI, command)).toEqual(["9000", status]);
  });

  // card-facts section 10, reader-facts 1.1: what opensc-tool sends for the drivers before `jpki`.
  it.each([
    "00A4040007627601FF000000",
    "B03C0100",
    "B0F2000004",
    "00A4040006A00000000101",
    "B03C000040",
    "00A404000BA000000308000010000100 00",
    "00A4040006D27600012401",
    "00CA006E00",
    "00CA017F00",
    "00CB3FFF055C035FC10200",
    "80CA9F7F00",
    "00A4000C023F00",
    "C0A40000023F0000",
    "90320000030000",
  ])("refuses the probe %s of another card's driver", (probe) => {
    const response = testCard().send(probe);
    expect(response).toHaveLength(4);
    expect(response).not.toBe("9000");
  });

  it("answers any bytes with a legal status, and only reads ever carry data", () => {
    const card = testCard();
    const classes = fc.constantFrom(0x00, 0x80, 0x08, 0x0c, 0x01, 0xff);
    const command = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .tuple(classes, fc.nat(255), fc.uint8Array({ minLength: 2, maxLength: 20 }))
        .map(([cla, ins, rest]) => Uint8Array.of(cla, ins, ...rest)),
    );
    fc.assert(
      fc.property(command, (bytes) => {
        const { data, sw } = parseResponse(card.card.transmit(bytes));
        expect(sw === 0x9000 || data.length === 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, parseResponse, toHex } from "../iso7816/index.ts";
import { lockApplication } from "./free-area.ts";
import { personalise } from "./personalise.ts";
import { cardOf, SELECT_COMMON, SELECT_JPKI, SELECT_TEXT, SELECT_VISUAL } from "./testing/card.ts";
import { fullSpec } from "./testing/spec.ts";

const IMAGE = personalise(fullSpec());
const PIN = "0020009804 31323334";

/** The status words card-facts section 4 lists; 63C0 to 63CF stand for tries left. */
const LISTED = new Set([
  ...["9000", "6281", "6283", "6300", "6381", "6400", "6581", "66F1", "6700", "6881", "6882"],
  ...["6981", "6982", "6984", "6985", "6986", "6987", "6988", "69FC", "6A80", "6A81", "6A82"],
  ...["6A83", "6A84", "6A85", "6A86", "6A87", "6A88", "6B00", "6D00", "6E00", "6F00"],
  ...Array.from({ length: 16 }, (_, i) => `63C${i.toString(16).toUpperCase()}`),
]);

describe("status words (card-facts section 4)", () => {
  it.each<[string, string, readonly string[]]>([
    ["6700", "Lc or Le", [SELECT_JPKI, "00B08A00"]],
    ["6881", "channel", ["0184000008"]],
    ["6882", "secure messaging not supported", ["08A4020C020001"]],
    ["6981", "file structure", [SELECT_JPKI, "00B0980001"]],
    ["6982", "security status", [SELECT_JPKI, "00B0810001"]],
    ["6984", "IEF locked", [SELECT_TEXT, "0020009204 31323334"]],
    ["6985", "conditions", [SELECT_JPKI, PIN, "802A0297 0100 00"]],
    ["6986", "no current EF", [SELECT_JPKI, "00B0000001"]],
    ["6A80", "data", [SELECT_JPKI, PIN, "0024019804 41424344"]],
    ["6A81", "function", [SELECT_COMMON, "00B2010800"]],
    ["6A82", "not found", [SELECT_JPKI, "00A4020C020003"]],
    ["6A83", "record", [SELECT_COMMON, "00B2020C00"]],
    ["6A86", "P1-P2", [SELECT_JPKI, "00200180"]],
    ["6A87", "Lc against P1-P2", [SELECT_JPKI, "00A4020C0118"]],
    ["6A88", "key reference", [SELECT_JPKI, "00200083"]],
    ["6B00", "offset", [SELECT_JPKI, "00B0880301"]],
    ["6D00", "INS", ["00FE0000"]],
    ["6E00", "CLA", ["B0FE0000"]],
    ["66F1", "security environment", [SELECT_VISUAL, "80AE0000"]],
    ["69FC", "no session of secure messaging", [SELECT_TEXT, "08B0000000"]],
  ])("%s: %s", (status, _what, commands) => {
    expect(
      cardOf(IMAGE)
        .statuses(...commands)
        .at(-1),
    ).toBe(status);
  });

  it("6283: DF locked", () => {
    const locked = lockApplication(IMAGE, fromHex("D392F000260100000001"));
    expect(cardOf(locked).send(SELECT_JPKI)).toBe("6283");
  });

  it("are the only ones this card answers with, whatever it is sent", () => {
    const selects = fc.constantFrom(SELECT_JPKI, SELECT_TEXT, SELECT_VISUAL, SELECT_COMMON);
    const known = [0x20, 0x24, 0x2a, 0x32, 0x82, 0x84, 0x88, 0x8a, 0xa2, 0xa4, 0xae, 0xb0, 0xb2];
    const command = fc
      .tuple(
        fc.constantFrom(0x00, 0x80, 0x08, 0x0c),
        fc.constantFrom(...known, 0xca, 0xd6, 0xfc),
        fc.nat(255),
        fc.oneof(fc.nat(255), fc.integer({ min: 0x80, max: 0x9e })),
        fc.uint8Array({ maxLength: 40 }),
      )
      .map(([cla, ins, p1, p2, data]) =>
        Uint8Array.of(cla, ins, p1, p2, ...(data.length > 0 ? [data.length, ...data, 0] : [0])),
      );
    fc.assert(
      fc.property(selects, fc.array(command, { minLength: 1, maxLength: 8 }), (select, sent) => {
        const { card } = cardOf(IMAGE);
        card.transmit(fromHex(select));
        const unlisted = sent
          .map((bytes) => ({ bytes, sw: parseResponse(card.transmit(bytes)).sw }))
          .map(({ bytes, sw }) => `${toHex(bytes)}: ${sw.toString(16).toUpperCase()}`)
          .filter((line) => !LISTED.has(line.slice(-4)));
        expect(unlisted).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

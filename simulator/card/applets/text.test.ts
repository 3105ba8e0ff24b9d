import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { SELECT_TEXT, selectFile, testCard, verify } from "../testing/card.ts";
import { HOLDER, testSpec } from "../testing/spec.ts";

function textCard(...commands: string[]) {
  const card = testCard();
  card.statuses(SELECT_TEXT, ...commands);
  return card;
}

const PIN = [selectFile("0011"), verify("1234")];
const CODE_A = [selectFile("0014"), verify("123456789018")];
// 平成2年1月2日, valid to 2035, security code 4321
const CODE_B = [selectFile("0015"), verify("02010220354321")];

describe("券面事項入力補助AP (card-facts 2.2)", () => {
  it.each([
    ["nothing", [], "6982", "6982"],
    ["the PIN", PIN, "9000", "9000"],
    ["照合番号A", CODE_A, "9000", "6982"],
    ["照合番号B", CODE_B, "6982", "9000"],
  ])("with %s, 個人番号 and 4情報 answer", (_what, commands, myNumber, attributes) => {
    const card = textCard(...commands);
    expect(card.statuses("00B0810000", "00B0820000")).toEqual([myNumber, attributes]);
  });

  it("EF 0002 is the worked example of 5.2 with filler behind it", () => {
    const example = `
      FF 20 65 DF 21 08 00 0E 00 20 00 59 00 64
      DF 22 0F E5 B1 B1 E7 94 B0 E3 80 80 E5 A4 AA E9 83 8E
      DF 23 36 E6 9D B1 E4 BA AC E9 83 BD E5 8D 83 E4 BB A3 E7 94 B0 E5 8C BA E4 B8 B8
      E3 81 AE E5 86 85 EF BC 91 E4 B8 81 E7 9B AE EF BC 92 E7 95 AA EF BC 91 EF BC 90 E5 8F B7
      DF 24 08 31 39 39 30 30 31 30 32
      DF 25 01 31`;
    const file = textCard(...PIN).send("00B08200000000");

    expect(file.startsWith(toHex(fromHex(example)))).toBe(true);
    expect(file.slice(2 * 104, -4)).toMatch(/^(?:FF)+$/);
    expect(file).toHaveLength(2 * (256 + 2));
  });

  it("EF 0002 has a long outer header for a long address, and places that count it", () => {
    const address = "東京都千代田区".repeat(4);
    const card = testCard(testSpec({ holder: { ...HOLDER, address } }));
    card.statuses(SELECT_TEXT, ...PIN);
    // name 15 bytes at 0x10; address 84 bytes at 0x22; birth date at 0x79; sex at 0x84
    expect(card.send("00B0820010")).toBe("FF20820083DF2108" + "0010002200790084" + "9000");
    expect(card.send("00B082790B")).toBe("DF240831393930303130329000");
  });

  it.each(["0", "1", "2", "9"] as const)("EF 0002 writes sex %s as it is (0.3-4)", (sex) => {
    const card = testCard(testSpec({ holder: { ...HOLDER, sex } }));
    card.statuses(SELECT_TEXT, ...PIN);
    expect(card.send("00B0826404")).toBe(`DF25013${sex}9000`);
  });

  it("EF 0005 is free and 164 bytes long (5.3)", () => {
    const file = textCard().send("00B0850000");
    const keyId = "36303030303334" + "0805" + "303031" + "00000000";
    expect(file).toHaveLength(2 * (164 + 2));
    expect(file.startsWith(`FF4082009FDF4104${"01030E01"}DF4210${keyId}DF43820080`)).toBe(true);
    expect(file.slice(-4 - 2 * 96, -4)).toBe("FF".repeat(96));
  });

  it("EF 0008 is sixteen FF behind any PIN", () => {
    expect(textCard().statuses("00B0880000")).toEqual(["6982"]);
    for (const way of [PIN, CODE_A, CODE_B]) {
      expect(textCard(...way).send("00B0880000")).toBe(`${"FF".repeat(16)}9000`);
    }
  });

  it("counts the PIN from three and both codes from ten", () => {
    const card = textCard();
    expect(card.statuses("00200091", "00200094", "00200095")).toEqual(["63C3", "63CA", "63CA"]);
    const wrong = "0020009504 30303030";
    expect(card.statuses(...Array<string>(11).fill(wrong))).toEqual([
      ...["63C9", "63C8", "63C7", "63C6", "63C5", "63C4", "63C3", "63C2", "63C1", "63C0"],
      "6984",
    ]);
    expect(card.statuses("00200094")).toEqual(["63CA"]);
  });

  it.each(["0010", "001C", "001E"])("EF %s is there and internal", (id) => {
    expect(textCard(...PIN).statuses(selectFile(id), "00B0000001")).toEqual(["9000", "6981"]);
  });
});

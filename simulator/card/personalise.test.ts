import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { personalise } from "./personalise.ts";
import type { CardSpec } from "./spec.ts";
import { SELECT_JPKI, SELECT_TEXT, selectFile, testCard, verify } from "./testing/card.ts";
import { blankCertificate, childSpec, HOLDER, testKey, testSpec } from "./testing/spec.ts";

describe("personalisation", () => {
  it("makes the same card from the same specification", () => {
    expect(personalise(testSpec())).toEqual(personalise(testSpec()));
  });

  const pins = testSpec().pins;
  const NO_KEY = new Uint8Array(16);
  it.each<[string, Partial<CardSpec>]>([
    ["holder.birthDate", { holder: { ...HOLDER, birthDate: "1990-01-02" } }],
    ["holder.myNumber", { holder: { ...HOLDER, myNumber: "12345678901" } }],
    ["municipalityCode", { municipalityCode: "131016" }],
    ["expiry", { expiry: "2035" }],
    ["securityCode", { securityCode: "43210" }],
    ["tokenSerial", { tokenSerial: "1" }],
    ["pins.auth", { pins: { ...pins, auth: "12345" } }],
    ["pins.text", { pins: { ...pins, text: "abcd" } }],
    ["pins.juki", { pins: { ...pins, juki: "" } }],
    ["pins.sign", { pins: { ...pins, sign: "password" } }],
    ["auth.privateKey", { auth: { ...testSpec().auth, privateKey: new Uint8Array(9) } }],
    ["textKey", { textKey: testKey("text").spki }],
    ["terminalCa.publicKey", { terminalCa: { keyId: NO_KEY, publicKey: NO_KEY } }],
    ["authCaCertificate", { authCaCertificate: new Uint8Array(8) }],
    ["signCaCertificate", { signCaCertificate: blankCertificate(300, 0).slice(0, 299) }],
  ])("refuses a specification with a wrong %s", (part, changes) => {
    expect(() => personalise(testSpec(changes))).toThrow(
      expect.objectContaining({
        code: "CARD_IMAGE_INVALID",
        message: expect.stringContaining(part),
      }),
    );
  });

  it("refuses an answer to reset that is none", () => {
    expect(() => personalise(testSpec({ atr: fromHex("3B00FF") }))).toThrow(
      expect.objectContaining({ code: "ATR_INVALID" }),
    );
  });

  it.each([
    "3BE000FF8131FE4514",
    "3BDA13FF8131FB468012392F31C173C601C03B",
    "3BC5FF8131FB458073C6010000",
    "3BF59100FF918171FE40004200010" + "0D1D6",
    "3BF59100FF918171FE400042000" + "1B3A115",
    "3B888001000005E0B381A1007F",
    "3B888001000041E0B381A1003B",
    "3B888001004B51FF0081D100BC",
    "3B888001004B51FFB381D1000F",
  ])("makes cards with the answer to reset %s (card-facts 1.2)", (atr) => {
    expect(toHex(testCard(testSpec({ atr: fromHex(atr) })).card.powerOn())).toBe(atr);
  });
});

describe("a holder under 15 (card-facts 7.3)", () => {
  it("has no 署名用 certificate, key or password, and the card says so", () => {
    const card = testCard(childSpec());
    expect(card.send(SELECT_JPKI)).toBe("9000");
    expect(card.send("00B0880003")).toBe("008F009000");
    expect(card.statuses("0020009B", "002000 9B08 50415353574F5244", selectFile("001A"))).toEqual([
      "63C0",
      "6984",
      "6A82",
    ]);
    expect(card.statuses("0020009804 31323334")).toEqual(["9000"]);
  });
});

describe("顔認証マイナンバーカード", () => {
  it("has every PIN of the holder blocked and both 照合番号 usable", () => {
    const card = testCard(testSpec({ pinless: true }));
    expect(card.statuses(SELECT_JPKI, "00200098", "0020009B")).toEqual(["9000", "63C0", "63C0"]);
    expect(card.statuses(SELECT_TEXT, "00200091", "00200094", "00200095")).toEqual([
      "9000",
      "63C0",
      "63CA",
      "63CA",
    ]);
    expect(card.statuses(selectFile("0014"), verify("123456789018"), "00B0810000")).toEqual([
      "9000",
      "9000",
      "9000",
    ]);
  });
});

describe("the JPKI application on a telephone (card-facts section 9)", () => {
  it.each([
    ["android" as const, "JPKIAPGPSETOKEN"],
    ["iphone" as const, "JPKIAPIOSTOKEN"],
  ])(
    "%s: label %s, 利用者証明用 certificate behind its PIN, no 券面 applications",
    (profile, label) => {
      const card = testCard(testSpec({ profile }));
      card.send(SELECT_JPKI);
      const token = new TextDecoder().decode(fromHex(card.send("00B0860020")).slice(0, 32));

      expect(token).toBe(label.padEnd(32));
      expect(card.statuses("00B08A0004", "0020009804 31323334", "00B08A0004")).toEqual([
        "6982",
        "9000",
        "9000",
      ]);
      expect(card.send(SELECT_TEXT)).toBe("6A82");
    },
  );
});

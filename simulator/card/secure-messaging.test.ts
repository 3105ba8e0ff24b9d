import { constants, createCipheriv, createDecipheriv, publicEncrypt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concat, fromHex, toHex } from "../iso7816/index.ts";
import {
  command,
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_JUKI,
  SELECT_TEXT,
  SELECT_VISUAL,
  selectFile,
  type TestCard,
  testCard,
  verify,
} from "./testing/card.ts";
import { hex, publicKeyIn } from "./testing/records.ts";
import { fullSpec, testSpec } from "./testing/spec.ts";

const SEED = fromHex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
const KEY = SEED.slice(0, 16);

/** The terminal's side of card-facts 6.5, written apart from the card's. */
function vector(counter: number): Uint8Array {
  const block = new Uint8Array(16);
  block[15] = counter;
  const cipher = createCipheriv("aes-128-ecb", KEY, null).setAutoPadding(false);
  return new Uint8Array(cipher.update(block));
}

function encrypted(counter: number, plain: Uint8Array): Uint8Array {
  const padded = concat(plain, Uint8Array.of(0x80), new Uint8Array(15 - (plain.length % 16)));
  const cipher = createCipheriv("aes-128-cbc", KEY, vector(counter)).setAutoPadding(false);
  const text = new Uint8Array(cipher.update(padded));
  return concat(Uint8Array.of(0x86, text.length + 1, 0x01), text);
}

function decrypted(counter: number, ciphertext: Uint8Array): string {
  const cipher = createDecipheriv("aes-128-cbc", KEY, vector(counter)).setAutoPadding(false);
  return hex(cipher.update(ciphertext)).replace(/80(?:00)*$/, "");
}

function sessionKey(
  card: TestCard,
  message: Uint8Array = concat(fromHex("A0228020"), SEED),
): string {
  const key = publicKeyIn(card.data("00B08600000000").slice(4));
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const block = publicEncrypt({ key, padding, oaepHash: "sha256" }, message);
  return command("80AE0000", new Uint8Array(block));
}

function verified(): TestCard {
  const card = testCard(fullSpec());
  card.statuses(SELECT_TEXT, selectFile("0011"), verify("1234"));
  return card;
}

function inSession(): TestCard {
  const card = verified();
  expect(card.send(sessionKey(card))).toBe("9000");
  return card;
}

function smVerify(counter: number, pin: string, sfi = 0x11): string {
  const p2 = (0x80 | sfi).toString(16);
  return command(`082000${p2}`, encrypted(counter, new TextEncoder().encode(pin)));
}

function smSelect(counter: number, id: string): string {
  return command("08A4020C", encrypted(counter, fromHex(id)));
}

function smRead(place: string, length: string): string {
  return `08B0${place}00000596 0300${length}0000`;
}

describe("SET SESSION KEY (card-facts 6.5)", () => {
  it("needs the PIN; 照合番号A alone is not enough", () => {
    const stolen = sessionKey(verified());
    const card = testCard(fullSpec());
    expect(card.statuses(SELECT_TEXT, stolen)).toEqual(["9000", "6982"]);
    expect(card.statuses(selectFile("0014"), verify("123456789018"), stolen)).toEqual([
      "9000",
      "9000",
      "6982",
    ]);
  });

  it.each([
    ["another frame", "A1228020"],
    ["lengths in another form", "A023808120"],
    ["both lengths in another form", "A08123808120"],
    ["another object inside", "A0228120"],
  ])("is 6A80 for a block with %s", (_what, frame) => {
    const card = verified();
    expect(card.send(sessionKey(card, concat(fromHex(frame), SEED)))).toBe("6A80");
  });

  it("is 6A80 for a block with a second object or a byte behind the seed", () => {
    const card = verified();
    const two = concat(fromHex("A0268020"), SEED, fromHex("81020000"));
    expect(card.send(sessionKey(card, two))).toBe("6A80");
    const longer = concat(fromHex("A0228020"), SEED, fromHex("00"));
    expect(card.send(sessionKey(card, longer))).toBe("6A80");
  });

  it("is 6A80 for a seed of another length and for a block of another key", () => {
    const card = verified();
    expect(card.send(sessionKey(card, concat(fromHex("A0218020"), SEED.slice(1))))).toBe("6A80");
    expect(
      card.send(command("80AE0000", concat(Uint8Array.of(0), new Uint8Array(255).fill(7)))),
    ).toBe("6A80");
  });

  it("is 6F00 for a value above the modulus, 6700 for another length, 6A86 for other P1-P2", () => {
    const card = verified();
    const whole = new Uint8Array(256).fill(0xff);
    expect(
      card.statuses(
        command("80AE0000", whole),
        command("80AE0000", whole.slice(1)),
        command("80AE0100", whole),
      ),
    ).toEqual(["6F00", "6700", "6A86"]);
  });

  it.each([
    ["common", SELECT_COMMON, "66F1"],
    ["visual", SELECT_VISUAL, "66F1"],
    ["JPKI", SELECT_JPKI, "6982"],
    ["juki", SELECT_JUKI, "6982"],
  ])("in the %s application it is refused with its own status", (_name, select, status) => {
    const card = testCard(fullSpec());
    expect(card.statuses(select, command("80AE0000", new Uint8Array(256)))).toEqual([
      "9000",
      status,
    ]);
  });

  it("is 6A88 on a card without that key", () => {
    const card = testCard(testSpec());
    card.statuses(SELECT_TEXT, selectFile("0011"), verify("1234"));
    expect(card.send(command("80AE0000", new Uint8Array(256)))).toBe("6A88");
  });
});

describe("secure messaging of the text application (card-facts 6.5)", () => {
  it("verifies, selects and reads, counting every command from 1", () => {
    const card = inSession();
    expect(card.statuses(smVerify(1, "1234"), smSelect(2, "0001"))).toEqual(["9000", "9000"]);
    const response = card.data(smRead("0000", "0000"));
    // 17 bytes and padding: two blocks
    expect(hex(response.slice(0, 3))).toBe("862101");
    expect(decrypted(3, response.slice(3))).toBe("FF100C313233343536373839303138FFFF");
  });

  it("reads as many bytes as are asked for, from an offset, by short identifier", () => {
    const card = inSession();
    expect(decrypted(1, card.data(smRead("8103", "0004")).slice(3))).toBe("31323334");
    expect(decrypted(2, card.data(smRead("000F", "0100")).slice(3))).toBe("FFFF");
  });

  it("counts refused commands too, and plain ones not", () => {
    const card = inSession();
    expect(card.statuses(smVerify(1, "9999"), smSelect(2, "0099"))).toEqual(["63C2", "6A82"]);
    expect(card.statuses(selectFile("0011"), "00200080")).toEqual(["9000", "63C2"]);
    expect(card.statuses(smVerify(3, "1234"))).toEqual(["9000"]);
  });

  it("asks for tries with an empty message", () => {
    expect(inSession().statuses(smVerify(1, ""))).toEqual(["63C3"]);
  });

  it("has no key for authenticated messages: 6987, and the session goes on", () => {
    const card = inSession();
    expect(card.statuses(`0C${smVerify(1, "1234").slice(2)}`, smVerify(2, "1234"))).toEqual([
      "6987",
      "9000",
    ]);
  });

  it.each([
    ["no object", "082000910400000000"],
    ["the wrong object", "082000910387 01 00"],
    ["no padding indicator", `0820009112 8610${"00".repeat(16)}`],
    ["another padding indicator", `0820009113 861102${"00".repeat(16)}`],
    ["a broken block", `0820009112 861001${"00".repeat(15)}`],
    ["no ciphertext", "0820009103 860101"],
    ["bytes behind the object", `0820009114 861101${"00".repeat(17)}`],
    ["a wrong counter", smVerify(9, "1234")],
    ["a read without a length", "08B0810000000586030000000000"],
    ["a read with a length of two bytes", "08B081000000049602000000 00"],
    ["a read with short Le", "08B081000596030000 0000"],
  ])("is over after %s: 6988, then 69FC", (_what, broken) => {
    const card = inSession();
    expect(card.statuses(broken, smVerify(2, "1234"))).toEqual(["6988", "69FC"]);
  });

  it("is over when an application is selected, even the same one", () => {
    expect(inSession().statuses(SELECT_TEXT, smVerify(1, "1234"))).toEqual(["9000", "69FC"]);
  });

  it("outside a session is 6882 for SELECT and 69FC for the others, in any application", () => {
    const card = testCard(fullSpec());
    const commands = [smSelect(1, "0001"), smRead("0000", "0000"), smVerify(1, "1234")];
    const authenticated = commands.map((hexes) => `0C${hexes.slice(2)}`);
    const expected = ["6882", "69FC", "69FC"];
    expect(card.statuses(...commands, ...authenticated)).toEqual([...expected, ...expected]);
    expect(card.statuses(SELECT_JPKI, ...commands)).toEqual(["9000", ...expected]);
  });

  it("takes no other instruction inside a session", () => {
    expect(inSession().statuses("0884000008", smVerify(2, "1234"))).toEqual(["6882", "9000"]);
  });

  it("gives refusals in the clear, with nothing but the status", () => {
    const card = inSession();
    expect(
      card.statuses(smRead("8104", "0000"), smRead("7FFF", "0000"), smRead("9100", "0000")),
    ).toEqual(["9000", "6B00", "6981"]);
  });

  it("encrypts what is read: the plain bytes do not appear", () => {
    const response = inSession().send(smRead("8100", "0000"));
    expect(response).not.toContain(toHex(new TextEncoder().encode("123456789018")));
  });
});

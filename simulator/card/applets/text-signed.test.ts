import { createHash, verify as verifySignature } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concat } from "../../iso7816/index.ts";
import { SELECT_TEXT, selectFile, testCard, verify } from "../testing/card.ts";
import { cut, hex, publicKeyIn } from "../testing/records.ts";
import { fullSpec, testKey, testSpec } from "../testing/spec.ts";

function sha256(...parts: Uint8Array[]): string {
  return createHash("sha256")
    .update(concat(...parts))
    .digest("hex")
    .toUpperCase();
}

function textCard(...commands: string[]) {
  const card = testCard(fullSpec());
  card.statuses(SELECT_TEXT, ...commands);
  return card;
}

const WAYS: readonly (readonly [string, readonly string[]])[] = [
  ["the PIN", [selectFile("0011"), verify("1234")]],
  ["照合番号A", [selectFile("0014"), verify("123456789018")]],
  ["照合番号B", [selectFile("0015"), verify("02010220354321")]],
];

function opened() {
  return textCard(selectFile("0011"), verify("1234"));
}

const municipality = testKey("municipality").publicKey;

describe("signed records of the 券面事項入力補助AP (card-facts 2.2, 5.3)", () => {
  it.each(WAYS)("EFs 0003, 0006 and 0007 are opened by %s", (_way, commands) => {
    expect(textCard().statuses("00B0830001", "00B0860001", "00B0870001")).toEqual([
      "6982",
      "6982",
      "6982",
    ]);
    expect(textCard(...commands).statuses("00B0830001", "00B0860001", "00B0870001")).toEqual([
      "9000",
      "9000",
      "9000",
    ]);
  });

  it("EF 0003 holds digests of EF 0001 and of the attributes, signed by the municipality", () => {
    const card = opened();
    const [header, first, second, signed, signature] = cut(
      card.data("00B08300000000"),
      5,
      35,
      35,
      5,
    );
    const myNumber = card.data("00B0810000");
    // 104 bytes without filler; the attributes begin at 0x0E behind the table of places
    const attributes = card.data("00B0820000").slice(0x0e, 104);

    expect(hex(header ?? new Uint8Array())).toBe("FF3082014B");
    expect(hex(first ?? new Uint8Array())).toBe(`DF3120${sha256(myNumber)}`);
    expect(hex(second ?? new Uint8Array())).toBe(`DF3220${sha256(attributes)}`);
    expect(hex(signed ?? new Uint8Array())).toBe("DF33820100");
    expect(myNumber).toHaveLength(17);
    expect(
      verifySignature(
        "sha256",
        concat(first ?? new Uint8Array(), second ?? new Uint8Array()),
        municipality,
        signature ?? new Uint8Array(),
      ),
    ).toBe(true);
  });

  it("EF 0004 is the municipality's CV certificate of 568 bytes, free to read (5.5)", () => {
    const file = textCard().data("00B08400000000");
    const [header, issuer, subject, key, tag, signature] = cut(file, 10, 16, 16, 265, 5);
    const body = file.slice(10, 10 + 297);

    expect(file).toHaveLength(568);
    expect(hex(header ?? file)).toBe("7F218202335F4E820129");
    expect(hex(issuer ?? file)).toBe("36303030303333" + "0805" + "303031" + "00000000");
    expect(hex(subject ?? file)).toBe("31333130313030" + "0805" + "303031" + "00000000");
    expect(publicKeyIn(key ?? file).equals(municipality)).toBe(true);
    expect(hex(tag ?? file)).toBe("5F37820100");
    expect(
      verifySignature("sha256", body, testKey("certificateAuthority").publicKey, signature ?? file),
    ).toBe(true);
  });

  it("EF 0006 is the key a session key is encrypted to, in 269 bytes", () => {
    const file = opened().data("00B08600000000");
    const [header, key] = cut(file, 4);
    expect(file).toHaveLength(269);
    expect(hex(header ?? file)).toBe("A1820109");
    expect(publicKeyIn(key ?? file).equals(testKey("session").publicKey)).toBe(true);
  });

  it("EF 0007 is the application's key, signed by the municipality, in 536 bytes", () => {
    const file = opened().data("00B08700000000");
    const [header, signedPart, tag, signature] = cut(file, 5, 270, 5);
    expect(file).toHaveLength(536);
    expect(hex(header ?? file)).toBe("FF50820213");
    expect(hex((signedPart ?? file).slice(0, 5))).toBe("DF51820109");
    expect(publicKeyIn((signedPart ?? file).slice(5)).equals(testKey("text").publicKey)).toBe(true);
    expect(hex(tag ?? file)).toBe("DF52820100");
    expect(verifySignature("sha256", signedPart ?? file, municipality, signature ?? file)).toBe(
      true,
    );
  });

  it("are not on a card whose issuer's keys were not given", () => {
    const card = testCard(testSpec());
    card.send(SELECT_TEXT);
    expect(card.statuses(...["0003", "0004", "0006", "0007", "0013"].map(selectFile))).toEqual(
      Array(5).fill("6A82"),
    );
  });
});

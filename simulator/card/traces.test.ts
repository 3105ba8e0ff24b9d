import { createHash, verify as verifySignature } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import {
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_JUKI,
  SELECT_TEXT,
  SELECT_VISUAL,
  selectFile,
  testCard,
  verify,
} from "./testing/card.ts";
import { fullSpec, testKey } from "./testing/spec.ts";
import { type Exchange, replay } from "./testing/trace.ts";

function expectAsWritten(exchanges: readonly Exchange[], count: number): void {
  expect(exchanges).toHaveLength(count);
  expect(exchanges.map(({ command, actual }) => ({ command, response: actual }))).toEqual(
    exchanges.map(({ command, expected }) => ({ command, response: expected })),
  );
}

describe("traces of card-facts 4.4", () => {
  it("T1: the exchange with which OpenSC binds", () => {
    const exchanges = replay(
      testCard(),
      `> 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01   < 90 00
       > 00 A4 02 0C 02 00 18   < 90 00
       > 00 20 00 80            < 63 C3
       > 00 A4 02 0C 02 00 1B   < 90 00
       > 00 20 00 80            < 63 C5`,
    );
    expectAsWritten(exchanges, 5);
  });

  it("T2: reading the 利用者証明用 certificate of 1583 bytes", () => {
    const card = testCard();
    card.send(SELECT_JPKI);
    const exchanges = replay(
      card,
      `> 00 A4 02 0C 02 00 0A   < 90 00
       > 00 B0 00 00 04         < 30 82 06 2B 90 00
       > 00 B0 00 00 00         < <256> 90 00
       > 00 B0 01 00 00         < <256> 90 00
       > 00 B0 02 00 00         < <256> 90 00
       > 00 B0 03 00 00         < <256> 90 00
       > 00 B0 04 00 00         < <256> 90 00
       > 00 B0 05 00 00         < <256> 90 00
       > 00 B0 06 00 2F         < <47> 90 00`,
    );
    expectAsWritten(exchanges, 9);
  });

  it("T3: PIN and signature over SHA-256 of the empty string", () => {
    const card = testCard();
    card.send(SELECT_JPKI);
    const digestInfoSigned =
      "80 2A 00 80 33 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20 " +
      "E3 B0 C4 42 98 FC 1C 14 9A FB F4 C8 99 6F B9 24 27 AE 41 E4 64 9B 93 4C A4 95 99 1B 78 52 B8 55 00";
    const before = card.statuses(selectFile("00 17"), digestInfoSigned);
    const exchanges = replay(
      card,
      `> 00 A4 02 0C 02 00 18          < 90 00
       > 00 20 00 80 04 31 32 33 34    < 90 00
       > 00 A4 02 0C 02 00 17          < 90 00
       > ${digestInfoSigned}           < <256> 90 00`,
    );
    const signature = card.send(digestInfoSigned);
    const oneCommand = card.send(`80 2A 02 97 20 ${createHash("sha256").digest("hex")} 00`);

    expect(before).toEqual(["9000", "6982"]);
    expectAsWritten(exchanges, 4);
    expect(oneCommand).toBe(signature);
    expect(
      verifySignature(
        "sha256",
        new Uint8Array(0),
        testKey("auth").publicKey,
        fromHex(signature.slice(0, 512)),
      ),
    ).toBe(true);
  });

  it("T4: a wrong PIN until it is blocked", () => {
    const card = testCard();
    card.send(SELECT_JPKI);
    const exchanges = replay(
      card,
      `> 00 A4 02 0C 02 00 18          < 90 00
       > 00 20 00 80 04 39 39 39 39    < 63 C2
       > 00 20 00 80 04 39 39 39 39    < 63 C1
       > 00 20 00 80 04 39 39 39 39    < 63 C0
       > 00 20 00 80 04 39 39 39 39    < 69 84
       > 00 20 00 80 04 31 32 33 34    < 69 84
       > 00 20 00 80                   < 63 C0`,
    );
    expectAsWritten(exchanges, 7);
  });

  it("T5: the 署名用 certificate before and after the password", () => {
    const card = testCard();
    card.send(SELECT_JPKI);
    const exchanges = replay(
      card,
      `> 00 A4 02 0C 02 00 01                     < 90 00
       > 00 B0 00 00 04                           < 69 82
       > 00 A4 02 0C 02 00 1B                     < 90 00
       > 00 20 00 80 08 50 41 53 53 57 4F 52 44   < 90 00
       > 00 A4 02 0C 02 00 01                     < 90 00
       > 00 B0 00 00 04                           < 30 82 06 A0 90 00`,
    );
    expectAsWritten(exchanges, 6);
  });

  it("T6: the 個人番号 from the text application", () => {
    const exchanges = replay(
      testCard(),
      `> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08   < 90 00
       > 00 A4 02 0C 02 00 11          < 90 00
       > 00 20 00 80 04 31 32 33 34    < 90 00
       > 00 A4 02 0C 02 00 01          < 90 00
       > 00 B0 00 00 11   < FF 10 0C 31 32 33 34 35 36 37 38 39 30 31 38 FF FF 90 00`,
    );
    expectAsWritten(exchanges, 5);
  });

  it("T9: changing the 利用者証明用 PIN, which lasts over a power cut", () => {
    const card = testCard();
    card.send(SELECT_JPKI);
    const exchanges = replay(
      card,
      `> 00 A4 02 0C 02 00 18          < 90 00
       > 00 20 00 80 04 31 32 33 34    < 90 00
       > 00 24 01 80 04 35 36 37 38    < 90 00`,
    );
    card.card.powerOff();
    card.card.powerOn();

    expectAsWritten(exchanges, 3);
    expect(card.statuses(SELECT_JPKI, selectFile("00 18"), verify("1234"), verify("5678"))).toEqual(
      ["9000", "9000", "63C2", "9000"],
    );
  });

  it("T12: sixteen random bytes", () => {
    const card = testCard();
    const first = card.send("00 84 00 00 10");
    const second = card.send("00 84 00 00 10");

    expect(first).toHaveLength(36);
    expect(first.slice(-4)).toBe("9000");
    expect(second).not.toBe(first);
    expect(toHex(fromHex(first))).toBe(first);
  });

  it("T7: the visual application opened with the 個人番号 as 照合番号A", () => {
    const card = testCard(fullSpec());
    const exchanges = replay(
      card,
      `> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02                   < 90 00
       > 00 A4 02 0C 02 00 13                                          < 90 00
       > 00 20 00 80 0C 31 32 33 34 35 36 37 38 39 30 31 38            < 90 00
       > 00 A4 02 0C 02 00 02                                          < 90 00`,
    );
    const header = card.send("00 B0 00 00 07");
    const length = Number.parseInt(header.slice(6, 10), 16);
    const next = card.send("00 B0 00 07 03");

    expectAsWritten(exchanges, 4);
    expect(header).toMatch(/^FF2082[0-9A-F]{4}DF219000$/);
    // The table of nine places ends, and the first object begins, at 0x1A.
    expect(next).toBe("12001A9000");
    expect(card.statuses(`00 B0 ${hex16(length + 4)} 01`, `00 B0 ${hex16(length + 5)} 01`)).toEqual(
      ["9000", "6B00"],
    );
  });

  it("T8: the card number as a record, by short identifier and by selection", () => {
    const number = "313233343536373839303132333435" + "3133313031" + "3230333530313032";
    const record = `011C${number}9000`;
    const card = testCard(fullSpec());
    const exchanges = replay(
      card,
      `> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00   < 90 00
       > 00 B2 01 0C 00          < ${record}
       > 00 A4 02 0C 02 00 01    < 90 00
       > 00 B2 01 04 00          < ${record}`,
    );
    expectAsWritten(exchanges, 4);
  });

  it("T9: CHANGE KEY in the common and the juki application", () => {
    for (const select of [SELECT_COMMON, SELECT_JUKI]) {
      const card = testCard(fullSpec());
      const exchanges = replay(
        card,
        `> ${select}                     < 90 00
         > 00 A4 02 0C 02 00 1C          < 90 00
         > 80 32 00 80 04 35 36 37 38    < 69 82
         > 00 20 00 80 04 32 33 34 35    < 90 00
         > 80 32 00 80 04 35 36 37 38    < 90 00
         > 00 20 00 80 04 35 36 37 38    < 90 00`,
      );
      expectAsWritten(exchanges, 6);
    }
  });

  it.each([
    ["text" as const, SELECT_TEXT],
    ["visual" as const, SELECT_VISUAL],
  ])("T10: a signature of the %s application without a PIN", (key, select) => {
    const card = testCard(fullSpec());
    const digestInfo = `3031300D060960864801650304020105000420${createHash("sha256").digest("hex")}`;
    const exchanges = replay(
      card,
      `> ${select} < 90 00\n> 80 2A 00 00 33 ${digestInfo} 00 < <256> 90 00`,
    );
    const signature = card.data(`80 2A 00 00 33 ${digestInfo} 00`);

    expectAsWritten(exchanges, 2);
    expect(verifySignature("sha256", new Uint8Array(0), testKey(key).publicKey, signature)).toBe(
      true,
    );
  });

  it("T11: INTERNAL AUTHENTICATE, the same for the same challenge", () => {
    const card = testCard(fullSpec());
    const challenge = "00112233445566778899AABBCCDDEEFF";
    const exchanges = replay(
      card,
      `> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00   < 90 00
       > 00 88 00 99 10 ${challenge} 00                 < <256> 90 00`,
    );
    const first = card.data(`00 88 00 99 10 ${challenge} 00`);
    const second = card.data(`00 88 00 99 10 ${challenge} 00`);

    expectAsWritten(exchanges, 2);
    expect(second).toEqual(first);
    expect(verifySignature("sha256", fromHex(challenge), testKey("common").publicKey, first)).toBe(
      true,
    );
  });
});

function hex16(value: number): string {
  return value.toString(16).padStart(4, "0");
}

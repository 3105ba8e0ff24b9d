// Conversations T6 and T10 of card-facts 4.4; the records are the worked examples of 5.1 and 5.2.
import { describe, expect, it } from "vitest";
import { toHex } from "../../simulator/iso7816/index.ts";
import { Secret } from "./secret.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";
import { TextApClient } from "./text-ap-client.ts";

const SELECT_AP = `
  > 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08
  < 90 00`;

const HEADER_OF_4 = "FF 20 65";
const OFFSETS = "DF 21 08 00 0E 00 20 00 59 00 64";
const NAME = "DF 22 0F E5 B1 B1 E7 94 B0 E3 80 80 E5 A4 AA E9 83 8E";
const ADDRESS =
  "DF 23 36 E6 9D B1 E4 BA AC E9 83 BD E5 8D 83 E4 BB A3 E7 94 B0 E5 8C BA E4 B8 B8 E3 81 AE E5 86 85 EF BC 91 E4 B8 81 E7 9B AE EF BC 92 E7 95 AA EF BC 91 EF BC 90 E5 8F B7";
const BIRTH_DATE = "DF 24 08 31 39 39 30 30 31 30 32";
const SEX = "DF 25 01 31";

const RESIDENT = {
  name: "山田　太郎",
  address: "東京都千代田区丸の内１丁目２番１０号",
  birthDate: "19900102",
  sex: "1",
};

/** Answers to a first READ BINARY of seven bytes and to one for the rest. */
function inTwoReads(content: string): string {
  const hex = content.replaceAll(" ", "");
  const rest = hex.length / 2 - 7;
  return `
    > 00 B0 00 00 07
    < ${hex.slice(0, 14)} 90 00
    > 00 B0 00 07 ${rest.toString(16).padStart(2, "0")}
    < ${hex.slice(14)} 90 00`;
}

async function selected(reader: ConstructorParameters<typeof TextApClient>[0]) {
  const text = new TextApClient(reader);
  await text.select();
  return text;
}

describe("個人番号", () => {
  it("is read after the PIN (T6)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 11
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 31 32 33 34
      < 90 00
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 11
      < FF 10 0C 31 32 33 34 35 36 37 38 39 30 31 38 FF FF 90 00`,
      async (reader) => {
        const text = await selected(reader);
        await text.verifyPin(new Secret("1234"));
        expect((await text.myNumber()).reveal()).toBe("123456789018");
      },
    ));

  it("is found behind an outer header that is two bytes longer (CR-30)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 11
      < FF 10 82 00 0C 31 32 33 34 35 36 37 38 39 30 31 38 90 00`,
      async (reader) => {
        const text = await selected(reader);
        expect((await text.myNumber()).reveal()).toBe("123456789018");
      },
    ));

  it("stays closed without a PIN", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 11
      < 69 82`,
      async (reader) => {
        const error = await cardErrorOf((await selected(reader)).myNumber());
        expect(error).toMatchObject({ code: "CARD_SECURITY_STATUS", sw: 0x6982 });
      },
    ));

  it.each([
    ["an empty file", "FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF"],
    ["another object", "FF 20 0C 31 32 33 34 35 36 37 38 39 30 31 38 FF FF"],
    ["thirteen digits", "FF 10 0D 31 32 33 34 35 36 37 38 39 30 31 38 39 FF"],
    ["bytes that are no text", "FF 10 0C E5 32 33 34 35 36 37 38 39 30 31 38 FF FF"],
  ])("is not made of %s", (_, content) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 11
      < ${content} 90 00`,
      async (reader) => {
        const error = await cardErrorOf((await selected(reader)).myNumber());
        expect(error.code).toBe("CARD_DATA_INVALID");
      },
    ),
  );
});

describe("4情報", () => {
  it.each([
    ["as the worked example has them", [HEADER_OF_4, OFFSETS, NAME, ADDRESS, BIRTH_DATE, SEX]],
    [
      "behind an outer header of five bytes (CR-30)",
      ["FF 20 82 00 65", OFFSETS, NAME, ADDRESS, BIRTH_DATE, SEX],
    ],
    [
      "with offsets that are wrong",
      [HEADER_OF_4, "DF 21 08 00 00 00 00 00 00 00 00", NAME, ADDRESS, BIRTH_DATE, SEX],
    ],
    ["in another order", [HEADER_OF_4, SEX, BIRTH_DATE, ADDRESS, NAME, OFFSETS]],
    [
      "with an object nobody knows",
      ["FF 20 6A", OFFSETS, NAME, "DF 2E 02 41 42", ADDRESS, BIRTH_DATE, SEX],
    ],
    [
      "with a length in the 81 form",
      ["FF 20 66", OFFSETS, NAME.replace("0F", "81 0F"), ADDRESS, BIRTH_DATE, SEX],
    ],
  ])("are read %s", (_, parts) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 02
      < 90 00
      ${inTwoReads(parts.join(" "))}`,
      async (reader) => {
        const attributes = await (await selected(reader)).attributes();
        expect(attributes.reveal()).toEqual(RESIDENT);
      },
    ),
  );

  it.each([
    ["a missing object", ["FF 20 61", OFFSETS, NAME, ADDRESS, BIRTH_DATE]],
    [
      "a name that is no UTF-8",
      [HEADER_OF_4, OFFSETS, NAME.replace("E5", "FF"), ADDRESS, BIRTH_DATE, SEX],
    ],
    [
      "an object longer than the record",
      ["FF 20 65", OFFSETS, NAME, ADDRESS, BIRTH_DATE, "DF 25 09 31"],
    ],
  ])("are refused with %s", (_, parts) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 02
      < 90 00
      ${inTwoReads(parts.join(" "))}`,
      async (reader) => {
        const error = await cardErrorOf((await selected(reader)).attributes());
        expect(error.code).toBe("CARD_DATA_INVALID");
        expect(error.message).not.toContain("山田");
      },
    ),
  );
});

describe("照合番号", () => {
  it.each([
    ["A", "00 14", "0C", "123456789018", "313233343536373839303138"],
    ["B", "00 15", "0E", "02010220301234", "3032303130323230333031323334"],
  ] as const)("%s is presented as it is printed", (code, id, lc, value, hex) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 ${id}
      < 90 00
      > 00 20 00 80
      < 63 CA
      > 00 20 00 80 ${lc} ${hex}
      < 63 C9`,
      async (reader) => {
        const text = await selected(reader);
        const secret = new Secret(value);
        const error = await cardErrorOf(
          code === "A" ? text.verifyCodeA(secret) : text.verifyCodeB(secret),
        );
        expect(error).toMatchObject({ code: "CARD_PIN_WRONG", triesLeft: 9 });
      },
    ),
  );

  it.each([
    ["pin", "00 11", 3],
    ["codeA", "00 14", 10],
    ["codeB", "00 15", 10],
  ] as const)("tries left on %s are asked of the right file", (pin, id, tries) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 ${id}
      < 90 00
      > 00 20 00 80
      < 63 C${tries.toString(16)}`,
      async (reader) => {
        expect(await (await selected(reader)).triesLeft(pin)).toBe(tries);
      },
    ),
  );
});

it("signs without a PIN with the key of the application (T10)", () => {
  const digest = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
  return conversation(
    `${SELECT_AP}
    > 80 2A 00 00 33 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20 ${digest} 00
    < ${"5A".repeat(256)} 90 00`,
    async (reader) => {
      const sha256 = new Uint8Array(Buffer.from(digest, "hex"));
      const signature = await (await selected(reader)).signWithCardKey({ sha256 });
      expect(toHex(signature)).toBe("5A".repeat(256));
    },
  );
});

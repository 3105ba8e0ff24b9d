// Conversation T7 of card-facts 4.4; the card face as in 5.4.
import { describe, expect, it } from "vitest";
import { toHex } from "../../simulator/iso7816/index.ts";
import { Secret } from "./secret.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { readingTurns } from "./testing/script-parts.ts";
import { conversation } from "./testing/scripted-reader.ts";
import {
  ageRecord,
  cardFaceRecord,
  cvCertificate,
  keyId,
  object,
  rsaPair,
} from "./testing/signed-records.ts";
import { VisualApClient } from "./visual-ap-client.ts";

const ca = rsaPair();
const municipality = rsaPair();
const CA_ID = keyId("6000023", "001");
const trusted = [{ keyId: CA_ID, publicKey: ca.publicKey }];

const SELECT_AP = `
  > 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02
  < 90 00`;

const IMAGES = {
  name: Buffer.from("89504E470D0A1A0A01", "hex"),
  address: Buffer.from("89504E470D0A1A0A02", "hex"),
  photo: Buffer.from("0000000C6A5020200D0A870A", "hex"),
  securityCode: Buffer.from("89504E470D0A1A0A03", "hex"),
};

const FACE = cardFaceRecord(IMAGES, rsaPair(), municipality);
const CERTIFICATE = cvCertificate(ca, CA_ID, municipality);

async function selected(reader: ConstructorParameters<typeof VisualApClient>[0]) {
  const visual = new VisualApClient(reader);
  await visual.select();
  return visual;
}

describe("the card face", () => {
  it("is read with My Number as code A (T7)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 13
      < 90 00
      > 00 20 00 80
      < 63 CA
      > 00 20 00 80 0C 31 32 33 34 35 36 37 38 39 30 31 38
      < 90 00
      ${readingTurns("00 02", FACE)}`,
      async (reader) => {
        const visual = await selected(reader);
        await visual.verifyCodeA(new Secret("123456789018"));
        const face = (await visual.cardFace()).reveal();
        expect(face).toMatchObject({ birthDate: "19900102", sex: "1", expiry: "20320102" });
        expect(toHex(face.nameImage)).toBe("89504E470D0A1A0A01");
        expect(toHex(face.addressImage)).toBe("89504E470D0A1A0A02");
        expect(toHex(face.photo)).toBe("0000000C6A5020200D0A870A");
        expect(toHex(face.securityCodeImage)).toBe("89504E470D0A1A0A03");
      },
    ));

  it("is verified up to a trusted CA", () =>
    conversation(
      `${SELECT_AP}\n ${readingTurns("00 04", CERTIFICATE)}\n ${readingTurns("00 02", FACE)}`,
      async (reader) => {
        const face = await (await selected(reader)).verifiedCardFace(trusted);
        expect(face.reveal().birthDate).toBe("19900102");
      },
    ));

  it.each([
    ["birth date", "DF22083139", "DF22083230"],
    ["photo", "0000000C6A50", "0000000C6A51"],
    ["address image", "89504E470D0A1A0A02", "89504E470D0A1A0A04"],
  ])("is not genuine with another %s", (_, original, forged) => {
    const record = Buffer.from(toHex(FACE).replace(original, forged), "hex");
    expect(record.equals(FACE)).toBe(false);
    return conversation(
      `${SELECT_AP}\n ${readingTurns("00 04", CERTIFICATE)}\n ${readingTurns("00 02", record)}`,
      async (reader) => {
        const error = await cardErrorOf((await selected(reader)).verifiedCardFace(trusted));
        expect(error.code).toBe("CARD_NOT_GENUINE");
        expect(error.message).toContain("did not sign the card face");
      },
    );
  });

  it("is not genuine under a CA that is not trusted", () =>
    conversation(
      `${SELECT_AP}\n ${readingTurns("00 04", CERTIFICATE)}\n ${readingTurns("00 02", FACE)}`,
      async (reader) => {
        const error = await cardErrorOf((await selected(reader)).verifiedCardFace([]));
        expect(error.code).toBe("CARD_NOT_GENUINE");
      },
    ));
});

it("the birth date is opened by the birth date key", () =>
  conversation(
    `${SELECT_AP}
    > 00 A4 02 0C 02 00 11
    < 90 00
    > 00 20 00 80
    < 63 CA
    > 00 20 00 80 06 30 32 30 31 30 32
    < 90 00
    ${readingTurns("00 01", ageRecord("19900102", rsaPair(), municipality))}`,
    async (reader) => {
      const visual = await selected(reader);
      await visual.verifyBirthDate(new Secret("020102"));
      expect((await visual.birthDate()).reveal()).toBe("19900102");
    },
  ));

it("the image of the 個人番号 is read", () => {
  const image = Buffer.from("89504E470D0A1A0A", "hex");
  const record = object("FF 40 82 00 0B", object("DF 41 08", image));
  return conversation(`${SELECT_AP}\n ${readingTurns("00 05", record)}`, async (reader) => {
    const read = await (await selected(reader)).myNumberImage();
    expect(toHex(read.reveal())).toBe("89504E470D0A1A0A");
  });
});

it.each([
  ["birthDate", "00 11"],
  ["codeA", "00 13"],
  ["codeB", "00 12"],
] as const)("tries left on %s are asked of the right file", (pin, id) =>
  conversation(
    `${SELECT_AP}
    > 00 A4 02 0C 02 ${id}
    < 90 00
    > 00 20 00 80
    < 63 C7`,
    async (reader) => {
      expect(await (await selected(reader)).triesLeft(pin)).toBe(7);
    },
  ),
);

it("code B is presented to the right file", () =>
  conversation(
    `${SELECT_AP}
    > 00 A4 02 0C 02 00 12
    < 90 00
    > 00 20 00 80
    < 63 CA
    > 00 20 00 80 0E 30 32 30 31 30 32 32 30 33 32 31 32 33 34
    < 90 00`,
    async (reader) => {
      const visual = await selected(reader);
      expect(await visual.verifyCodeB(new Secret("02010220321234"))).toBeUndefined();
    },
  ));

it("signs without a PIN with the key of the application (T10)", () =>
  conversation(
    `${SELECT_AP}
    > 80 2A 00 00 02 01 02 00
    < ${"5A".repeat(256)} 90 00`,
    async (reader) => {
      const signature = await (await selected(reader)).signWithCardKey(Uint8Array.of(1, 2));
      expect(signature).toHaveLength(256);
    },
  ));

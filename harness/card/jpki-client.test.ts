// Conversation T3 of card-facts 4.4, and the token information.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import { Secret } from "./secret.ts";
import { jpkiConversation } from "./testing/jpki-conversation.ts";
import { cardErrorOf } from "./testing/rejection.ts";

const SIGNATURE = "A5".repeat(256);

const SHA256_OF_NOTHING = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

it("reads the token information", () => {
  const text = (value: string, length: number) => Buffer.from(value.padEnd(length)).toString("hex");
  const info = [
    text("JPKIAPICCTOKEN2", 32),
    text("00000000000000000000000000000001", 32),
    text("E16R01NJ", 16),
    text("0123456789012345", 16),
    "0000040D 00000001 00000000 00000001 00000000 00000010 00000006",
    "FF".repeat(16),
    "3033 3031",
    "39".repeat(16),
  ].join(" ");
  return jpkiConversation(
    `
    > 00 A4 02 0C 02 00 06
    < 90 00
    > 00 B0 00 00 A0
    < ${info} 90 00`,
    async (jpki) => {
      expect(await jpki.tokenInfo()).toEqual({
        label: "JPKIAPICCTOKEN2",
        manufacturer: "00000000000000000000000000000001",
        model: "E16R01NJ",
        serialNumber: "0123456789012345",
        flags: 0x040d,
        pinLength: { min: 6, max: 16 },
        hardwareVersion: "03",
        firmwareVersion: "01",
      });
    },
  );
});

describe("signatures", () => {
  const sign = `
    > 80 2A 00 80 33 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20 ${SHA256_OF_NOTHING} 00`;

  it("signs a digest after the PIN (T3)", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 31 32 33 34
      < 90 00
      > 00 A4 02 0C 02 00 17
      < 90 00
      ${sign}
      < ${SIGNATURE} 90 00`,
      async (jpki, reader) => {
        await jpki.verifyAuthPin(new Secret("1234"));
        const sha256 = new Uint8Array(createHash("sha256").digest());
        expect(toHex(await jpki.signWithAuthKey({ sha256 }))).toBe(SIGNATURE);
        expect(reader.deadlines.at(-1)).toBe(15_000);
      },
    ));

  it("says that a PIN is needed, and does not sign again (T3, CR-25)", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 17
      < 90 00
      ${sign}
      < 69 82`,
      async (jpki) => {
        const error = await cardErrorOf(
          jpki.signWithAuthKey({ sha256: fromHex(SHA256_OF_NOTHING) }),
        );
        expect(error).toMatchObject({ code: "CARD_SECURITY_STATUS", sw: 0x6982 });
      },
    ));

  it("gives a DigestInfo to the sign key as it is", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 1A
      < 90 00
      > 80 2A 00 80 03 01 02 03 00
      < ${SIGNATURE} 90 00`,
      async (jpki) => {
        expect(toHex(await jpki.signWithSignKey(fromHex("010203")))).toBe(SIGNATURE);
      },
    ));

  it.each([
    ["a digest of 31 bytes", { sha256: new Uint8Array(31) }],
    ["nothing", new Uint8Array(0)],
    ["more than a short APDU holds", new Uint8Array(256)],
  ])("sends nothing for %s", (_, input) =>
    jpkiConversation("", async (jpki) => {
      const error = await cardErrorOf(jpki.signWithAuthKey(input));
      expect(error.code).toBe("CARD_INPUT_INVALID");
    }),
  );

  it("refuses a signature of the wrong length", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 17
      < 90 00
      > 80 2A 00 80 01 00 00
      < A5 A5 90 00`,
      async (jpki) => {
        const error = await cardErrorOf(jpki.signWithAuthKey(Uint8Array.of(0)));
        expect(error.code).toBe("CARD_DATA_INVALID");
      },
    ));
});

// Conversations T8 and T11 of card-facts 4.4.
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import { CommonApClient } from "./common-ap-client.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";

const SELECT_AP = `
  > 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00
  < 90 00`;

describe("the card number record", () => {
  it("is read without a PIN (T8)", () =>
    conversation(
      `${SELECT_AP}
      > 00 B2 01 0C 00
      < 01 1C 303030313233343536373839303132 3133313031 3230333230313032 90 00`,
      async (reader) => {
        const common = new CommonApClient(reader);
        await common.select();
        expect(await common.cardNumber()).toEqual({
          serial: "000123456789012",
          municipalityCode: "13101",
          expiry: "20320102",
        });
      },
    ));

  it.each([
    ["another tag", "02 1C 303030313233343536373839303132 3133313031 3230333230313032"],
    ["27 digits", "01 1B 303030313233343536373839303132 3133313031 32303332303130"],
    ["a letter", "01 1C 413030313233343536373839303132 3133313031 3230333230313032"],
    ["nothing", ""],
  ])("is refused with %s", (_, record) =>
    conversation(`${SELECT_AP}\n > 00 B2 01 0C 00\n < ${record} 90 00`, async (reader) => {
      const common = new CommonApClient(reader);
      await common.select();
      expect((await cardErrorOf(common.cardNumber())).code).toBe("CARD_DATA_INVALID");
    }),
  );
});

describe("INTERNAL AUTHENTICATE", () => {
  it("gives the card's signature over a challenge (T11)", () =>
    conversation(
      `${SELECT_AP}
      > 00 88 00 99 10 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 00
      < ${"C3".repeat(256)} 90 00`,
      async (reader) => {
        const common = new CommonApClient(reader);
        await common.select();
        const challenge = fromHex("00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F");
        expect(toHex(await common.internalAuthenticate(challenge))).toBe("C3".repeat(256));
        expect(reader.deadlines.at(-1)).toBe(15_000);
      },
    ));

  it.each([0, 256])("sends nothing for a challenge of %d bytes", (length) =>
    conversation(SELECT_AP, async (reader) => {
      const common = new CommonApClient(reader);
      await common.select();
      const error = await cardErrorOf(common.internalAuthenticate(new Uint8Array(length)));
      expect(error.code).toBe("CARD_INPUT_INVALID");
    }),
  );
});

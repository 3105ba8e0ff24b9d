import { describe, expect, it } from "vitest";
import { getChallenge } from "./challenge.ts";
import { JpkiClient } from "./jpki-client.ts";
import { Secret } from "./secret.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";
import { TextApClient } from "./text-ap-client.ts";

const SELECT_JPKI = "> 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01\n < 90 00";
const SELECT_TEXT = "> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08\n < 90 00";
const AUTH_TRIES = "> 00 A4 02 0C 02 00 18\n < 90 00\n > 00 20 00 80\n < 63 C3";

describe("an application", () => {
  it("is not spoken to before it was selected", () =>
    conversation("", async (reader) => {
      const error = await cardErrorOf(new JpkiClient(reader).triesLeft("auth"));
      expect(error.code).toBe("CARD_NOT_SELECTED");
    }));

  it("is not spoken to after another client selected another one", () =>
    conversation(`${SELECT_TEXT}\n ${SELECT_JPKI}`, async (reader) => {
      const text = new TextApClient(reader);
      await text.select();
      await new JpkiClient(reader).select();
      const error = await cardErrorOf(text.verifyPin(new Secret("1234")));
      expect(error.code).toBe("CARD_NOT_SELECTED");
    }));

  it("is spoken to by two clients who both mean it", () =>
    conversation(`${SELECT_JPKI}\n ${AUTH_TRIES}`, async (reader) => {
      await new JpkiClient(reader).select();
      expect(await new JpkiClient(reader).triesLeft("auth")).toBe(3);
    }));

  it.each(["READER_CARD_REMOVED", "READER_CARD_RESET", "READER_LOST", "READER_NOT_OPEN"])(
    "has to be selected again after %s, with nothing sent before (CR-07, CR-09)",
    (failure) =>
      conversation(
        `${SELECT_JPKI}
        > 00 A4 02 0C 02 00 17
        ! ${failure}`,
        async (reader) => {
          const jpki = new JpkiClient(reader);
          await jpki.select();
          await expect(jpki.signWithAuthKey(Uint8Array.of(1))).rejects.toMatchObject({
            code: failure,
          });
          const error = await cardErrorOf(jpki.signWithAuthKey(Uint8Array.of(1)));
          expect(error.code).toBe("CARD_NOT_SELECTED");
        },
      ),
  );

  it("is missing on a card that does not know its name", () =>
    conversation(
      `> 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01
      < 6A 82`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        const error = await cardErrorOf(jpki.select());
        expect(error).toMatchObject({ code: "CARD_NOT_FOUND", sw: 0x6a82 });
        expect((await cardErrorOf(jpki.triesLeft("auth"))).code).toBe("CARD_NOT_SELECTED");
      },
    ));

  it("is selected once more when the first command after power-up answers 6F00", () =>
    conversation(
      `> 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01
      < 6F 00
      ${SELECT_JPKI}`,
      async (reader) => {
        expect(await new JpkiClient(reader).select()).toBeUndefined();
      },
    ));

  it("takes operations asked for at once one after another", () =>
    conversation(
      `${SELECT_JPKI}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 31 32 33 34
      < 63 C2
      > 00 84 00 00 02
      < AB CD 90 00
      > 00 A4 02 0C 02 00 1B
      < 90 00
      > 00 20 00 80
      < 63 C5
      > 00 20 00 80 06 41 42 43 31 32 33
      < 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        const outcomes = await Promise.allSettled([
          jpki.select(),
          jpki.verifyAuthPin(new Secret("1234")),
          getChallenge(reader, 2),
          jpki.verifySignPassword(new Secret("ABC123")),
        ]);
        expect(outcomes.map(({ status }) => status)).toEqual([
          "fulfilled",
          "rejected",
          "fulfilled",
          "fulfilled",
        ]);
      },
    ));
});

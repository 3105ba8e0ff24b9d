import { expect, it } from "vitest";
import { toHex } from "../../simulator/iso7816/index.ts";
import { getChallenge } from "./challenge.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";

it("gets random bytes with nothing selected (T12)", () =>
  conversation(
    `> 00 84 00 00 10
    < 000102030405060708090A0B0C0D0E0F 90 00
    > 00 84 00 00 00
    < ${"5A".repeat(256)} 90 00`,
    async (reader) => {
      expect(toHex(await getChallenge(reader, 16))).toBe("000102030405060708090A0B0C0D0E0F");
      expect(await getChallenge(reader, 256)).toHaveLength(256);
    },
  ));

it("refuses fewer bytes than it asked for", () =>
  conversation("> 00 84 00 00 10\n < 00 01 90 00", async (reader) => {
    expect((await cardErrorOf(getChallenge(reader, 16))).code).toBe("CARD_DATA_INVALID");
  }));

it.each([0, 257, 1.5])("sends nothing for a length of %d", (length) =>
  conversation("", async (reader) => {
    expect((await cardErrorOf(getChallenge(reader, length))).code).toBe("CARD_INPUT_INVALID");
  }),
);

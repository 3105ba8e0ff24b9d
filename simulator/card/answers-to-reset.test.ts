import { describe, expect, it } from "vitest";
import { fromHex, parseAtr, toHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import {
  ANSWERS_TO_RESET,
  ATR_NAMES,
  type AtrName,
  withAnswerToReset,
} from "./answers-to-reset.ts";
import { SimulatedCard } from "./card.ts";
import { personalise } from "./personalise.ts";
import { MemoryCardStore } from "./store.ts";
import { fullSpec, testSpec } from "./testing/spec.ts";

/** Copied from the table of card-facts 1.2, spaces and all. */
const TABLE = [
  "3B E0 00 FF 81 31 FE 45 14",
  "3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B",
  "3B C5 FF 81 31 FB 45 80 73 C6 01 00 00",
  "3B F5 91 00 FF 91 81 71 FE 40 00 42 00 01 00 D1 D6",
  "3B F5 91 00 FF 91 81 71 FE 40 00 42 00 01 B3 A1 15",
  "3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F",
  "3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B",
  "3B 88 80 01 00 4B 51 FF 00 81 D1 00 BC",
  "3B 88 80 01 00 4B 51 FF B3 81 D1 00 0F",
];

const WHOLE_TOKEN_INFORMATION = ["00A4040C0AD392F000260100000001", "00B08600000000"];
const ATR_OBJECT = "00CA5F5100";

function started(name: AtrName, image = personalise(fullSpec())) {
  const options = { store: new MemoryCardStore(), random: new Random("atr") };
  const card = new SimulatedCard(withAnswerToReset(image, name), options);
  const atr = toHex(card.powerOn());
  return { atr, send: (hex: string) => toHex(card.transmit(fromHex(hex))) };
}

describe("answers to reset (card-facts 1.2)", () => {
  it("are all those of the table", () => {
    const known = ATR_NAMES.map((name) => toHex(ANSWERS_TO_RESET[name].atr));
    expect(known.toSorted()).toEqual(TABLE.map((row) => row.replaceAll(" ", "")).toSorted());
  });

  it.each(ATR_NAMES)("%s is well formed, and what the card answers with", (name) => {
    const { atr } = ANSWERS_TO_RESET[name];
    expect(parseAtr(atr).protocols).toContain(1);
    expect(started(name).atr).toBe(toHex(atr));
  });

  it.each<[AtrName, string]>([
    ["contact-extended", "9000"],
    ["contact-short", "6700"],
    ["contact-plain", "9000"],
    ["contactless-05e0", "9000"],
  ])("a card with %s answers a command in the extended form with %s", (name, status) => {
    const { send } = started(name);
    expect(WHOLE_TOKEN_INFORMATION.map(send).at(-1)?.slice(-4)).toBe(status);
  });

  it("promise what the card then does, whatever it did before", () => {
    const short = withAnswerToReset(personalise(fullSpec()), "contact-short");
    const { send } = started("contact-extended", short);
    expect(WHOLE_TOKEN_INFORMATION.map(send).at(-1)?.slice(-4)).toBe("9000");
  });

  it("stand in GET DATA 5F51 without TS when they are of the contacts", () => {
    expect(started("contact-short").send(ATR_OBJECT)).toBe("C5FF8131FB458073C60100009000");
    expect(started("contactless-4b51").send(ATR_OBJECT)).toBe("E000FF8131FE45149000");
  });

  it("leave a telephone without such an object", () => {
    const image = withAnswerToReset(personalise(testSpec({ profile: "android" })), "contact-plain");
    expect(image.objects).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { SimulatedCard } from "./card.ts";
import type { CardImage } from "./image.ts";
import { personalise } from "./personalise.ts";
import { MemoryCardStore } from "./store.ts";
import { withForeignKey, withLastDay } from "./tampering.ts";
import { SELECT_COMMON, SELECT_VISUAL } from "./testing/card.ts";
import { fullSpec } from "./testing/spec.ts";

/** Record 1 of SFI 1: the number record; and a signature by the key of the visual application. */
const READ_NUMBER = "00B2010C00";
const SIGN = `802A000033 3031300D060960864801650304020105000420 ${"00".repeat(32)} 00`;

function asked(image: CardImage, ...commands: readonly string[]): string {
  const card = new SimulatedCard(image, { store: new MemoryCardStore(), random: new Random("t") });
  card.powerOn();
  return commands.map((command) => toHex(card.transmit(fromHex(command)))).at(-1) ?? "";
}

describe("a card that was tampered with", () => {
  const image = personalise(fullSpec());

  it("has another last day, and nothing else of its number", () => {
    const before = asked(image, SELECT_COMMON, READ_NUMBER);
    const after = asked(withLastDay(image, "20200229"), SELECT_COMMON, READ_NUMBER);
    // 01 1C, twenty digits, eight of the last day, 9000.
    expect(after).toBe(`${before.slice(0, 44)}3230323030323239 9000`.replace(" ", ""));
  });

  it("signs with another key, over the same records", () => {
    const { authKey } = keysOf(fullSpec());
    const copy = withForeignKey(image, authKey);
    expect(asked(copy, SELECT_VISUAL, SIGN)).not.toBe(asked(image, SELECT_VISUAL, SIGN));
    expect(asked(copy, SELECT_VISUAL, SIGN)).toMatch(/9000$/);
    expect(asked(copy, SELECT_VISUAL, "00B0840000")).toBe(
      asked(image, SELECT_VISUAL, "00B0840000"),
    );
  });
});

function keysOf({ auth }: ReturnType<typeof fullSpec>) {
  return { authKey: auth.privateKey };
}

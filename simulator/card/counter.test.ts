import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { SimulatedCard } from "./card.ts";
import { unblockPin } from "./counter.ts";
import type { CardImage } from "./image.ts";
import { personalise } from "./personalise.ts";
import { MemoryCardStore } from "./store.ts";
import { SELECT_JPKI, selectFile, testCard, verify } from "./testing/card.ts";
import { childSpec, testSpec } from "./testing/spec.ts";

function blockedCard(): CardImage {
  const card = testCard();
  const wrong = verify("0000");
  card.statuses(SELECT_JPKI, selectFile("0018"), wrong, wrong, wrong);
  return card.card.image;
}

function tryPin(image: CardImage, pin: string): string {
  const card = new SimulatedCard(image, { store: new MemoryCardStore(), random: new Random("c") });
  card.powerOn();
  card.transmit(fromHex(SELECT_JPKI));
  card.transmit(fromHex(selectFile("0018")));
  return toHex(card.transmit(fromHex(verify(pin))));
}

describe("unblocking at the counter (card-facts section 3)", () => {
  it("restores the tries and keeps the PIN when no new one is given", () => {
    expect(tryPin(blockedCard(), "1234")).toBe("6984");
    expect(tryPin(unblockPin(blockedCard(), "auth"), "1234")).toBe("9000");
    expect(tryPin(unblockPin(blockedCard(), "auth"), "0000")).toBe("63C2");
  });

  it("sets a new PIN", () => {
    const image = unblockPin(blockedCard(), "auth", "8765");
    expect(tryPin(image, "8765")).toBe("9000");
    expect(tryPin(image, "1234")).toBe("63C2");
  });

  it("leaves the card it was given as it was", () => {
    const image = blockedCard();
    unblockPin(image, "auth", "8765");
    expect(tryPin(image, "1234")).toBe("6984");
  });

  it("refuses a value that breaks the rule, and a PIN nobody ever set", () => {
    const invalid = expect.objectContaining({ code: "CARD_IMAGE_INVALID" });
    const image = personalise(testSpec());
    expect(() => unblockPin(image, "auth", "12345")).toThrow(invalid);
    expect(() => unblockPin(image, "sign", "abcdef")).toThrow(invalid);
    expect(() => unblockPin(personalise(childSpec()), "sign")).toThrow(invalid);
    expect(() => unblockPin(personalise(testSpec({ profile: "android" })), "text")).toThrow(
      invalid,
    );
  });
});

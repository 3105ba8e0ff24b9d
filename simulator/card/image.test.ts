import { describe, expect, it } from "vitest";
import { parseCard, serialiseCard } from "./image.ts";
import { personalise } from "./personalise.ts";
import { testSpec } from "./testing/spec.ts";

const image = personalise(testSpec());
const text = serialiseCard(image);

/** The text with one change made to what it holds. */
function changed(change: (card: Card) => void): string {
  const card = JSON.parse(text) as Card;
  change(card);
  return JSON.stringify(card);
}

interface Card {
  [name: string]: unknown;
  applications: { aid: unknown; files: Record<string, unknown>[]; [name: string]: unknown }[];
}

function pinOf(card: Card): Record<string, unknown> {
  const pin = card.applications[0]?.files.find((file) => file.kind === "pin");
  if (pin === undefined) throw new Error("no PIN on the test card");
  return pin;
}

function keyOf(card: Card): Record<string, unknown> {
  const key = card.applications[0]?.files.find((file) => file.kind === "key");
  if (key === undefined) throw new Error("no key on the test card");
  return key;
}

describe("a card image as text", () => {
  it("comes back as the same card", () => {
    expect(parseCard(text)).toEqual(image);
  });

  it("is JSON with bytes in hexadecimal", () => {
    const card = JSON.parse(text) as Card;
    expect(card.atr).toBe("3B888001000005E0B381A1007F");
    expect(card.applications[0]?.aid).toBe("D392F000260100000001");
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("takes bytes from a Buffer as well", () => {
    const atr = Buffer.from(image.atr);
    expect(serialiseCard({ ...image, atr })).toBe(text);
  });

  it.each<[string, (card: Card) => void, RegExp]>([
    ["an unknown part", (card) => (card.owner = "me"), /owner/],
    ["another version", (card) => (card.version = 2), /version/],
    ["a missing part", (card) => delete card.atr, /atr/],
    ["a wrong answer to reset", (card) => (card.atr = "3B"), /atr/],
    ["small hexadecimal", (card) => (card.atr = "3b8880"), /atr/],
    ["an unknown quirk", (card) => (card.quirks = { levitates: true }), /levitates/],
    [
      "a quirk that is neither on nor off",
      (card) => (card.quirks = { noExtendedLength: 1 }),
      /quirks/,
    ],
    ["more tries left than there are", (card) => (pinOf(card).triesLeft = 4), /tries/],
    ["negative tries", (card) => (pinOf(card).triesLeft = -1), /triesLeft/],
    [
      "a key that is none",
      (card) => {
        keyOf(card).privateKey = "3000";
      },
      /privateKey/,
    ],
    ["an unknown kind of file", (card) => (pinOf(card).kind = "door"), /kind/],
    ["an unknown part of a file", (card) => (pinOf(card).colour = "red"), /colour/],
    ["two files with one identifier", (card) => (pinOf(card).id = 0x17), /same identifier/],
    [
      "two applications with one name",
      (card) =>
        card.applications.push({ ...card.applications[0], aid: "D392F000260100000001", files: [] }),
      /same name/,
    ],
  ])("is refused with %s", (_what, change, message) => {
    const broken = changed(change);
    expect(() => parseCard(broken)).toThrow(
      expect.objectContaining({
        code: "CARD_IMAGE_INVALID",
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each(["", "not JSON", "null", text.slice(0, 1000)])("is refused when it is %#", (broken) => {
    expect(() => parseCard(broken)).toThrow(
      expect.objectContaining({ code: "CARD_IMAGE_INVALID" }),
    );
  });
});

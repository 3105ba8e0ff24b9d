import { verify as verifySignature } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../iso7816/index.ts";
import {
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_TEXT,
  selectFile,
  testCard,
  verify,
} from "../testing/card.ts";
import { fullSpec, testKey } from "../testing/spec.ts";

describe("INTERNAL AUTHENTICATE (card-facts section 4, 6.2)", () => {
  const commonCard = () => {
    const card = testCard(fullSpec());
    card.send(SELECT_COMMON);
    return card;
  };

  it.each([1, 32, 255])("signs a challenge of %i bytes", (length) => {
    const challenge = "5A".repeat(length);
    const lc = length.toString(16).padStart(2, "0");
    const signature = commonCard().data(`00880099 ${lc}${challenge}00`);
    expect(
      verifySignature("sha256", fromHex(challenge), testKey("common").publicKey, signature),
    ).toBe(true);
  });

  it.each([
    ["no challenge", "0088009900", "6700"],
    ["no Le", "008800990100", "6700"],
    ["256 bytes in the extended form", `00880099000100${"00".repeat(256)}0000`, "6700"],
    ["P1", "008801990100 00", "6A86"],
    ["P2 without bit 8", "008800190100 00", "6A86"],
    ["a key nobody has", "0088008A0100 00", "6A88"],
    ["a PIN", "0088009C0100 00", "6981"],
  ])("refuses %s", (_what, command, status) => {
    expect(commonCard().send(command)).toBe(status);
  });

  it("refuses keys of other applications: 6982 behind a PIN, 6985 without one", () => {
    const card = testCard(fullSpec());
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"));
    expect(card.send("008800970100 00")).toBe("6982");
    expect(card.statuses(SELECT_TEXT, "008800930100 00")).toEqual(["9000", "6985"]);
  });

  it("leaves its key to INS 88: COMPUTE DIGITAL SIGNATURE is refused", () => {
    expect(commonCard().send("802A0099 0100 00")).toBe("6985");
  });
});

import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { SimulatedCard } from "./card.ts";
import { holderPins, rewriteCertificates, rewriteFace, unblockPin } from "./counter.ts";
import type { CardImage } from "./image.ts";
import { personalise } from "./personalise.ts";
import { MemoryCardStore } from "./store.ts";
import {
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_JUKI,
  SELECT_TEXT,
  selectFile,
  testCard,
  verify,
} from "./testing/card.ts";
import {
  blankCertificate,
  childSpec,
  fullSpec,
  HOLDER,
  testKey,
  testSpec,
} from "./testing/spec.ts";

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
    const invalid = expect.objectContaining({ code: "CARD_COUNTER_REFUSED" });
    const image = personalise(testSpec());
    expect(() => unblockPin(image, "auth", "12345")).toThrow(invalid);
    expect(() => unblockPin(image, "sign", "abcdef")).toThrow(invalid);
    expect(() => unblockPin(personalise(childSpec()), "sign")).toThrow(invalid);
    expect(() => unblockPin(personalise(testSpec({ profile: "android" })), "text")).toThrow(
      invalid,
    );
  });
});

describe("the PINs of the holder", () => {
  it("are those of the card as it is now", () => {
    const card = testCard(testSpec());
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"), "0024018004 35363738");
    expect(holderPins(card.card.image)).toEqual({
      auth: "5678",
      sign: "PASSWORD",
      text: "1234",
      juki: "2345",
    });
  });

  it("are none where nobody has set them, or where there is no application for them", () => {
    expect(holderPins(personalise(testSpec({ pinless: true })))).toEqual({});
    expect(holderPins(personalise(childSpec()))).not.toHaveProperty("sign");
    expect(holderPins(personalise(testSpec({ profile: "iphone" })))).toEqual({
      auth: "1234",
      sign: "PASSWORD",
    });
  });
});

describe("changing what is on the card at the counter (card-facts section 8)", () => {
  const MOVED = { ...HOLDER, address: "大阪府大阪市北区中之島１丁目３番２０号" };
  const NEW_CODE_B = "02010220360000";

  function started(image: CardImage) {
    const card = new SimulatedCard(image, {
      store: new MemoryCardStore(),
      random: new Random("c"),
    });
    card.powerOn();
    return (...commands: string[]) => commands.map((hex) => toHex(card.transmit(fromHex(hex))));
  }

  it("rewrites the 券面 applications and leaves PINs, counts and certificates", () => {
    const before = blockedCard();
    const image = rewriteFace(before, fullSpec({ holder: MOVED }));
    const send = started(image);
    send(SELECT_TEXT, "0020009104 31323334");
    const [file = ""] = send("00B0820000");

    expect(file).toContain(toHex(new TextEncoder().encode(MOVED.address)));
    expect(file).not.toContain(toHex(new TextEncoder().encode(HOLDER.address)));
    expect(image.applications[0]).toBe(before.applications[0]);
    expect(tryPin(image, "1234")).toBe("6984");
  });

  it("gives 照合番号B its new value and keeps its count", () => {
    const card = testCard(fullSpec());
    card.statuses(SELECT_TEXT, "0020009504 30303030");
    const renewed = fullSpec({ expiry: "20360102", securityCode: "0000" });
    const send = started(rewriteFace(card.card.image, renewed));
    expect(
      send(SELECT_TEXT, "00200095", `002000950E${toHex(new TextEncoder().encode(NEW_CODE_B))}`),
    ).toEqual(["9000", "63C9", "9000"]);
  });

  it("keeps a PIN the holder has changed", () => {
    const card = testCard();
    card.statuses(SELECT_TEXT, selectFile("0011"), verify("1234"), "0024018004 35363738");
    const send = started(rewriteFace(card.card.image, testSpec({ holder: MOVED })));
    expect(send(SELECT_TEXT, "0020009104 35363738")).toEqual(["9000", "9000"]);
  });

  it("replaces certificates and keys and keeps PINs", () => {
    const before = blockedCard();
    const certificate = blankCertificate(1600, 0xee);
    const { privateKey } = testKey("terminal");
    const image = rewriteCertificates(before, testSpec({ auth: { certificate, privateKey } }));
    expect(started(image)(SELECT_JPKI, "00B08A0005")).toEqual(["9000", "3082063CEE9000"]);
    expect(tryPin(image, "1234")).toBe("6984");
    expect(image.applications[1]).toBe(before.applications[1]);
  });

  it("gives a holder who has turned 15 a 署名用 certificate with its password", () => {
    const image = rewriteCertificates(personalise(childSpec()), testSpec());
    const send = started(image);
    expect(send(SELECT_JPKI, "0020009B08 50415353574F5244", "00B0880003")).toEqual([
      "9000",
      "9000",
      "8F8F009000",
    ]);
  });

  it("takes the 署名用 certificate away when the specification has none", () => {
    const send = started(rewriteCertificates(personalise(testSpec()), childSpec()));
    expect(send(SELECT_JPKI, selectFile("001A"), "00B0880003")).toEqual([
      "9000",
      "6A82",
      "008F009000",
    ]);
  });

  it("refuses a specification no card can be made from", () => {
    const wrong = testSpec({ securityCode: "1" });
    expect(() => rewriteFace(personalise(testSpec()), wrong)).toThrow(
      expect.objectContaining({ code: "CARD_IMAGE_INVALID" }),
    );
  });

  it("unblocks the PINs of the juki and the common application too", () => {
    for (const [pin, select] of [
      ["juki", SELECT_JUKI],
      ["common", SELECT_COMMON],
    ] as const) {
      const send = started(unblockPin(personalise(testSpec()), pin, "7777"));
      expect(send(select, "0020009C0437373737")).toEqual(["9000", "9000"]);
    }
  });
});

import { sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { SimulatedCard } from "./card.ts";
import { clearFreeArea, deleteCardAp, loadCardAp, lockApplication } from "./free-area.ts";
import { parseCard, serialiseCard } from "./image.ts";
import { personalise } from "./personalise.ts";
import { privateKeyOf } from "./rsa.ts";
import type { CardApSpec } from "./spec.ts";
import { MemoryCardStore } from "./store.ts";
import {
  command,
  SELECT_JPKI,
  selectFile,
  type TestCard,
  testCard,
  verify,
} from "./testing/card.ts";
import { testKey, testSpec } from "./testing/spec.ts";

const operator = testKey("serviceOperator");
const LIBRARY: CardApSpec = {
  aid: fromHex("D392990001"),
  area: "local",
  pin: "4321",
  issuerKey: operator.spki,
  files: [
    { id: 0x0001, read: "free", content: new TextEncoder().encode("LIBRARY") },
    { id: 0x0002, read: "pin", content: new Uint8Array(4) },
  ],
};
const POINTS: CardApSpec = {
  aid: fromHex("D392990002"),
  area: "extended",
  files: [{ id: 0x0001, read: "free", content: Uint8Array.of(7) }],
};
const SELECT_LIBRARY = "00A4040C05D392990001";
const SELECT_POINTS = "00A4040C05D392990002";

function withServices(): TestCard {
  return testCard(testSpec({ cardAps: [LIBRARY, POINTS] }));
}

function proof(card: TestCard): string {
  const challenge = card.data("0084000020");
  const signature = sign("sha256", challenge, privateKeyOf(operator.privateKey));
  return command("00820096", new Uint8Array(signature));
}

describe("applications in the free area (card-facts 6.4)", () => {
  it("are selected and read like any other, each with its own PIN", () => {
    const card = withServices();
    expect(card.statuses(SELECT_LIBRARY)).toEqual(["9000"]);
    expect(card.send("00B0810000")).toBe("4C4942524152599000");
    expect(card.statuses("00B0820001", selectFile("0011"), verify("4321"), "00B0820001")).toEqual([
      "6982",
      "9000",
      "9000",
      "9000",
    ]);
    expect(card.statuses(SELECT_POINTS, selectFile("0011"))).toEqual(["9000", "6A82"]);
  });

  it("are written by whoever proves the operator's key, and by nobody else", () => {
    const card = withServices();
    card.send(SELECT_LIBRARY);
    expect(card.statuses("00D6810001AA")).toEqual(["6982"]);
    expect(card.statuses(proof(card), "00D68100024142")).toEqual(["9000", "9000"]);
    expect(card.send("00B0810000")).toBe("4142" + "4252415259" + "9000");
    card.card.powerOff();
    card.card.powerOn();
    card.send(SELECT_LIBRARY);
    expect(card.send("00B0810002")).toBe("41429000");
  });

  it("keep to the size of their files", () => {
    const card = withServices();
    card.send(SELECT_LIBRARY);
    card.send(proof(card));
    expect(card.statuses("00D6810601AA", "00D6810602AAAA", "00D6810701AA", "00D68100")).toEqual([
      "9000",
      "6A84",
      "6B00",
      "6700",
    ]);
    expect(card.statuses("00D6910001AA", "00D6830001AA")).toEqual(["6981", "6A82"]);
  });

  it("are the only ones that can be written", () => {
    expect(testCard().statuses(SELECT_JPKI, "00D6880001AA")).toEqual(["9000", "6D00"]);
    const card = withServices();
    expect(card.statuses(SELECT_POINTS, "00D6810001AA")).toEqual(["9000", "6982"]);
  });

  it("survive being written down", () => {
    const { image } = withServices().card;
    expect(parseCard(serialiseCard(image))).toEqual(image);
  });
});

describe("loading and deleting", () => {
  const image = personalise(testSpec());

  function statuses(changed: typeof image, ...commands: string[]): string[] {
    const store = new MemoryCardStore();
    const card = new SimulatedCard(changed, { store, random: new Random("free area") });
    card.powerOn();
    return commands.map((hex) =>
      Buffer.from(card.transmit(fromHex(hex)).slice(-2)).toString("hex"),
    );
  }

  it("puts an application on the card and takes it off again", () => {
    const both = loadCardAp(loadCardAp(image, LIBRARY), POINTS);
    expect(statuses(both, SELECT_LIBRARY, SELECT_POINTS)).toEqual(["9000", "9000"]);
    const one = deleteCardAp(both, LIBRARY.aid);
    expect(statuses(one, SELECT_LIBRARY, SELECT_POINTS)).toEqual(["6a82", "9000"]);
    expect(statuses(image, SELECT_LIBRARY)).toEqual(["6a82"]);
  });

  it("deletes 地域住民向け領域 on moving out and keeps 拡張利用領域", () => {
    const moved = clearFreeArea(loadCardAp(loadCardAp(image, LIBRARY), POINTS));
    expect(statuses(moved, SELECT_LIBRARY, SELECT_POINTS, SELECT_JPKI)).toEqual([
      "6a82",
      "9000",
      "9000",
    ]);
  });

  it("refuses names that are taken, applications that cannot be and deletions of others", () => {
    const invalid = expect.objectContaining({ code: "CARD_IMAGE_INVALID" });
    const jpki = fromHex("D392F000260100000001");
    const file = { id: 1, read: "free" as const, content: new Uint8Array(1) };
    expect(() => loadCardAp(image, { ...POINTS, aid: jpki })).toThrow(invalid);
    expect(() => loadCardAp(image, { ...POINTS, files: [{ ...file, id: 0x11 }] })).toThrow(invalid);
    expect(() => loadCardAp(image, { ...POINTS, files: [file, file] })).toThrow(invalid);
    expect(() => loadCardAp(image, { ...POINTS, pin: "12" })).toThrow(invalid);
    expect(() => loadCardAp(image, { ...POINTS, issuerKey: jpki })).toThrow(invalid);
    expect(() => deleteCardAp(image, jpki)).toThrow(invalid);
    expect(() => deleteCardAp(image, POINTS.aid)).toThrow(invalid);
    const telephone = personalise(testSpec({ profile: "android" }));
    expect(() => loadCardAp(telephone, POINTS)).toThrow(invalid);
  });

  it("locks an application: 6283 at selection, everything refused, until it is unlocked", () => {
    const aid = fromHex("D392F000260100000001");
    const locked = lockApplication(image, aid);
    expect(
      statuses(locked, SELECT_JPKI, selectFile("000A"), "00B08A0001", "00200098", "0084000008"),
    ).toEqual(["6283", "6985", "6985", "6985", "6985"]);
    const unlocked = lockApplication(locked, aid, false);
    expect(statuses(unlocked, SELECT_JPKI, "00B08A0001")).toEqual(["9000", "9000"]);
    expect(() => lockApplication(image, POINTS.aid)).toThrow(
      expect.objectContaining({ code: "CARD_IMAGE_INVALID" }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { SimulatedCard } from "./card.ts";
import { unblockPin } from "./counter.ts";
import type { CardImage } from "./image.ts";
import { personalise } from "./personalise.ts";
import { MemoryCardStore } from "./store.ts";
import { SELECT_JPKI, SELECT_TEXT, selectFile, testCard, verify } from "./testing/card.ts";
import { testSpec } from "./testing/spec.ts";

const SIGN = `802A029720${"00".repeat(32)}00`;
const QUERY_AUTH = "00200098";

function verified() {
  const card = testCard();
  card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"));
  return card;
}

describe("power (card-facts section 3, security status lifetime)", () => {
  it("gives the answer to reset at power-on and whenever it is asked", () => {
    const { card } = testCard();
    expect(toHex(card.powerOn())).toBe("3B888001000005E0B381A1007F");
    expect(toHex(card.atr)).toBe("3B888001000005E0B381A1007F");
    expect(toHex(card.reset())).toBe("3B888001000005E0B381A1007F");
  });

  it("is needed to answer", () => {
    const { card } = testCard();
    card.powerOff();
    expect(() => card.transmit(fromHex(SELECT_JPKI))).toThrow(
      expect.objectContaining({ code: "CARD_UNPOWERED" }),
    );
    expect(toHex(card.atr)).toBe("3B888001000005E0B381A1007F");
  });

  it("clears rights and selection when it goes", () => {
    const card = verified();
    card.card.powerOff();
    card.card.powerOn();
    expect(card.statuses(SIGN, SELECT_JPKI, SIGN)).toEqual(["6A88", "9000", "6982"]);
  });

  it("clears them too when it comes without having gone", () => {
    const card = verified();
    card.card.powerOn();
    expect(card.statuses(SELECT_JPKI, SIGN)).toEqual(["9000", "6982"]);
  });

  it("outlives a warm reset, and with it every right", () => {
    const card = verified();
    card.card.reset();
    expect(card.send(SIGN).slice(-4)).toBe("9000");
  });

  it("comes with a reset when it was off", () => {
    const card = verified();
    card.card.powerOff();
    card.card.reset();
    expect(card.statuses(SELECT_JPKI, SIGN)).toEqual(["9000", "6982"]);
  });
});

describe("rights (card-facts section 3, JICSAP 5.1.3 rules 2 and 3)", () => {
  it("are lost when another application is selected", () => {
    const card = verified();
    expect(card.statuses(SELECT_TEXT, SELECT_JPKI, SIGN)).toEqual(["9000", "9000", "6982"]);
  });

  it("are lost when the issuer security domain is selected", () => {
    const card = verified();
    expect(card.statuses("00A4040C07A0000001510000", SELECT_JPKI, SIGN)).toEqual([
      "9000",
      "9000",
      "6982",
    ]);
  });

  it("are kept when the same application is selected again", () => {
    const card = verified();
    expect(card.statuses(SELECT_JPKI, SIGN)).toEqual(["9000", "9000"]);
  });

  it("of one application mean nothing in another with the same file identifiers", () => {
    const card = testCard();
    card.statuses(SELECT_TEXT, selectFile("0011"), verify("1234"), SELECT_JPKI);
    expect(card.statuses("00B0810004")).toEqual(["6982"]);
  });
});

/** A store whose power fails at a chosen save, before or after the bytes have become durable. */
class FailingStore extends MemoryCardStore {
  saves = 0;
  readonly failAt: number;
  readonly durable: boolean;

  constructor(failAt: number, durable: boolean) {
    super();
    this.failAt = failAt;
    this.durable = durable;
  }

  override save(image: CardImage): void {
    this.saves += 1;
    const cut = this.saves === this.failAt;
    if (!cut || this.durable) super.save(image);
    if (cut) throw new Error("power cut");
  }
}

describe("a PIN while the power fails", () => {
  const random = new Random("power cut");

  function cutDuring(pin: string, store: FailingStore) {
    const image = personalise(testSpec());
    const card = new SimulatedCard(image, { store, random });
    card.powerOn();
    card.transmit(fromHex(SELECT_JPKI));
    card.transmit(fromHex(selectFile("0018")));
    expect(() => card.transmit(fromHex(verify(pin)))).toThrow("power cut");
    expect(() => card.transmit(fromHex(SELECT_JPKI))).toThrow(
      expect.objectContaining({ code: "CARD_UNPOWERED" }),
    );
    const again = new SimulatedCard(store.image ?? image, { store, random });
    again.powerOn();
    again.transmit(fromHex(SELECT_JPKI));
    return toHex(again.transmit(fromHex(QUERY_AUTH)));
  }

  it("has cost the try once the counter is saved, whether it was right or wrong", () => {
    expect(cutDuring("0000", new FailingStore(1, true))).toBe("63C2");
    expect(cutDuring("1234", new FailingStore(1, true))).toBe("63C2");
  });

  it("has cost the try when the cut comes after the comparison, before the count is restored", () => {
    expect(cutDuring("1234", new FailingStore(2, false))).toBe("63C2");
  });

  it("has told nothing when the counter could not be saved", () => {
    expect(cutDuring("1234", new FailingStore(1, false))).toBe("63C3");
  });

  it("is not compared at all before the counter is saved", () => {
    const order: number[] = [];
    const store = { save: (image: CardImage) => void order.push(authTries(image)) };
    const card = new SimulatedCard(personalise(testSpec()), { store, random });
    card.powerOn();
    card.transmit(fromHex(SELECT_JPKI));
    card.transmit(fromHex(`0020009804${"31323334"}`));
    card.transmit(fromHex(`0020009804${"30303030"}`));
    expect(order).toEqual([2, 3, 2]);
  });
});

function authTries(image: CardImage): number {
  const file = image.applications[0]?.files.find(({ id }) => id === 0x18);
  return file?.kind === "pin" ? file.triesLeft : -1;
}

describe("the image of a card", () => {
  it("is replaced, never changed in place", () => {
    const { card, statuses, store } = testCard();
    const before = card.image;
    statuses(SELECT_JPKI, selectFile("0018"), verify("0000"));
    expect(authTries(before)).toBe(3);
    expect(authTries(card.image)).toBe(2);
    expect(store.image).toBe(card.image);
  });

  it("is altered at a counter without power, and saved", () => {
    const { card, store, send, statuses } = testCard();
    statuses(SELECT_JPKI, selectFile("0018"), verify("1234"), verify("0000"));
    card.alter((image) => unblockPin(image, "auth", "8765"));
    expect(() => send(SELECT_JPKI)).toThrow(expect.objectContaining({ code: "CARD_UNPOWERED" }));
    expect(store.image).toBe(card.image);
    card.powerOn();
    expect(statuses(SELECT_JPKI, "0020009804 38373635")).toEqual(["9000", "9000"]);
  });

  it("stays as it was when the counter refuses", () => {
    const { card } = testCard();
    const before = card.image;
    expect(() => card.alter((image) => unblockPin(image, "auth", "no"))).toThrow();
    expect(card.image).toBe(before);
  });
});

/** What the control API does to residents and cards, over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Lab,
  type LabCard,
  type LabClient,
  LIFE_EVENTS,
  type LifeEventName,
} from "../index.ts";
import { openControlled } from "../testing/controlled.ts";
import { PIN, SELECT, statuses, verifyPin } from "../testing/reading.ts";

const WRONG = verifyPin(PIN.auth, "9999");
const RIGHT = verifyPin(PIN.auth, "1234");

let lab: Lab;
let control: LabClient;
let issued: LabCard;
let id: string;

// A world each: every one draws the same keys, and making new ones takes longer than all of this.
beforeEach(async () => {
  ({ lab, client: control } = await openControlled());
  issued = await lab.issueCard("adult");
  id = issued.resident.id;
});

afterEach(() => lab?.close());

/** State of the certificates the card had when it was handed out. */
async function states() {
  const rows = await control("listCertificates");
  const state = (serial = "") => {
    const row = rows.find((one) => one.serial === serial);
    return row?.reason ?? row?.status;
  };
  return [state(issued.authSerial), state(issued.signSerial)];
}

describe("life events", () => {
  const CASES: Readonly<Record<LifeEventName, readonly [auth: string, sign: string]>> = {
    move: ["good", "affiliationChanged"],
    rename: ["good", "affiliationChanged"],
    lose: ["certificateHold", "certificateHold"],
    find: ["certificateHold", "certificateHold"],
    correct: ["good", "affiliationChanged"],
    die: ["cessationOfOperation", "cessationOfOperation"],
    emigrate: ["cessationOfOperation", "cessationOfOperation"],
    renew: ["superseded", "superseded"],
    "reissue-sign": ["good", "superseded"],
    "replace-card": ["superseded", "superseded"],
    "give-up-auth": ["cessationOfOperation", "good"],
    "give-up-sign": ["good", "cessationOfOperation"],
    "add-android": ["good", "good"],
    "add-iphone": ["good", "good"],
    "lose-smartphone": ["good", "good"],
    "give-up-smartphone": ["good", "good"],
  };
  const DETAILS: Partial<Record<LifeEventName, object>> = { correct: { sex: "2" } };
  const FIRST: Partial<Record<LifeEventName, LifeEventName>> = {
    find: "lose",
    "lose-smartphone": "add-android",
    "give-up-smartphone": "add-iphone",
  };

  it.each(LIFE_EVENTS)("%s does to the certificates of the card what it should", async (event) => {
    const first = FIRST[event];
    if (first !== undefined) await control("lifeEvent", { id, event: first });
    await control("lifeEvent", { id, event, ...DETAILS[event] });
    expect(await states()).toEqual(CASES[event]);
  });

  it("move takes people where they are told to, and tells the new address", async () => {
    const row = await control("lifeEvent", { id, event: "move", to: "01100" });
    expect(row.address).toMatch(/^北海道札幌市/);
    await expect(control("lifeEvent", { id, event: "move", to: "99999" })).rejects.toMatchObject({
      code: "PERSONA_UNKNOWN",
    });
  });

  it("correct needs something to correct", async () => {
    await expect(control("lifeEvent", { id, event: "correct" })).rejects.toMatchObject({
      code: "CONTROL_INVALID",
    });
    const row = await control("lifeEvent", { id, event: "correct", birthDate: "19900103" });
    expect(row.birthDate).toBe("19900103");
  });

  it("rename takes the name that is given", async () => {
    const row = await control("lifeEvent", { id, event: "rename", name: "試験　花子" });
    expect(row.name).toBe("試験　花子");
  });

  it("show the world at once", async () => {
    await control("lifeEvent", { id, event: "lose" });
    const serial = Number.parseInt(issued.authSerial, 16);
    expect(lab.jpki.auth.listData().revoked.has(serial)).toBe(true);
    expect(lab.jpki.auth.ocspData().revoked.has(serial)).toBe(true);
  });

  it.each([
    ["replace-card", "card", "-2"],
    ["add-android", "smartphone", "-S1"],
  ] as const)("%s gives another %s", async (event, what, suffix) => {
    const row = await control("lifeEvent", { id, event, ...DETAILS[event] });
    expect(row[what]?.id).toBe(`${id}${suffix}`);
    expect((await control("getResident", { id }))[what]?.id).toBe(`${id}${suffix}`);
  });

  it("lose-smartphone puts the certificates of the device on hold", async () => {
    const { smartphone } = await control("lifeEvent", { id, event: "add-android" });
    await control("lifeEvent", { id, event: "lose-smartphone" });
    expect(await control("listCertificates")).toContainEqual(
      expect.objectContaining({ serial: smartphone?.authSerial, reason: "certificateHold" }),
    );
  });
});

describe("a new resident", () => {
  it("has a card that answers reset as was asked for", async () => {
    const { card } = await control("newResident", { persona: "child", atr: "contact-plain" });
    expect(card).toMatchObject({ atr: "3BE000FF8131FE4514", profile: "card" });
    expect((await control("newResident", { persona: "child" })).card?.atr).toBe(
      "3B888001000005E0B381A1007F",
    );
  });
});

describe("the state of a card", () => {
  it("tells the tries left, which can be set without a wrong PIN", async () => {
    statuses(issued.card, SELECT.jpki, WRONG);
    const { triesLeft } = await control("getCard", { id: issued.id });
    expect(triesLeft).toEqual({ auth: 2, sign: 5, text: 3, juki: 3, common: 3 });

    const row = await control("setTriesLeft", { id: issued.id, pin: "auth", left: 0 });
    expect(row.triesLeft.auth).toBe(0);
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "6984"]);
  });

  it("knows peculiarities of files as well, on a card that was handed over", async () => {
    const read = "00B0850001";
    expect(statuses(issued.card, SELECT.jpki, read)).toEqual(["9000", "6982"]);
    await control("setQuirks", { id: issued.id, quirks: ["file0005Free"] });
    expect(statuses(issued.card, SELECT.jpki, read)).toEqual(["9000", "9000"]);
    await control("setQuirks", { id: issued.id, quirks: [] });
    expect(statuses(issued.card, SELECT.jpki, read)).toEqual(["9000", "6982"]);
  });

  it("has never more tries than its PIN is issued with", async () => {
    const asked = { id: issued.id, pin: "auth", left: 4 } as const;
    await expect(control("setTriesLeft", asked)).rejects.toMatchObject({
      code: "CARD_COUNTER_REFUSED",
    });
  });

  it("knows peculiarities, which can be taken back", async () => {
    const quirks = ["blockedAnswers6983"] as const;
    await control("setTriesLeft", { id: issued.id, pin: "auth", left: 0 });
    expect((await control("setQuirks", { id: issued.id, quirks: [...quirks] })).quirks).toEqual(
      quirks,
    );
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "6983"]);

    await control("setQuirks", { id: issued.id, quirks: [] });
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "6984"]);
  });
});

describe("a card taken away as a file", () => {
  it("is text that tells neither PINs nor who holds it", async () => {
    const text = await control("exportCard", { id: issued.id });
    expect(text).toMatch(/^jpki\/0018\/triesLeft = 3$/m);
    for (const secret of lab.secrets().filter((one) => one.length > 4)) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("hex").toUpperCase());
    }
  });

  it("comes back whole, spent tries and all", async () => {
    statuses(issued.card, SELECT.jpki, WRONG);
    const image = await control("getCardImage", { id: issued.id });
    const text = await control("exportCard", { id: issued.id });
    statuses(issued.card, SELECT.jpki, WRONG, WRONG);
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "6984"]);

    const row = await control("importCard", { image });

    expect(row.id).toBe(issued.id);
    expect(await control("exportCard", { id: issued.id })).toBe(text);
    expect(statuses(issued.card, SELECT.jpki, WRONG)).toEqual(["9000", "63C1"]);
  });

  it("goes back to the smartphone it came from, and not to the card of its holder", async () => {
    const { smartphone } = await control("lifeEvent", { id, event: "add-iphone" });
    const image = await control("getCardImage", { id: smartphone?.id ?? "" });
    expect((await control("importCard", { image })).id).toBe(`${id}-S1`);
  });

  it("is refused when it is damaged, or of another world", async () => {
    const image = await control("getCardImage", { id: issued.id });
    await expect(control("importCard", { image: image.slice(0, 5000) })).rejects.toMatchObject({
      code: "CARD_IMAGE_INVALID",
    });
    const other = await openControlled({ seed: "elsewhere" });
    try {
      await expect(other.client("importCard", { image })).rejects.toMatchObject({
        code: "CARD_UNKNOWN",
      });
    } finally {
      await other.lab.close();
    }
  });

  it.each(["exportCard", "getCardImage"] as const)("%s knows no card that is none", async (act) => {
    await expect(control(act, { id: "R9999-1" })).rejects.toMatchObject({ code: "CARD_UNKNOWN" });
  });
});

describe("unblocking a PIN", () => {
  it("restores the tries, and sets another PIN when one is given", async () => {
    statuses(issued.card, SELECT.jpki, WRONG, WRONG, WRONG);

    expect((await control("unblockPin", { id: issued.id, pin: "auth" })).pins.auth).toBe("1234");
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "9000"]);

    expect(
      (await control("unblockPin", { id: issued.id, pin: "auth", value: "2468" })).pins.auth,
    ).toBe("2468");
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "63C2"]);
  });

  it.each([
    ["sign", "abc"],
    ["auth", "12345"],
  ] as const)("refuses %s %s", async (pin, value) => {
    await expect(control("unblockPin", { id: issued.id, pin, value })).rejects.toMatchObject({
      code: "CARD_COUNTER_REFUSED",
    });
  });

  it("needs a value where nobody has set the PIN", async () => {
    const pinless = await lab.issueCard("pinless");
    await expect(control("unblockPin", { id: pinless.id, pin: "text" })).rejects.toMatchObject({
      code: "CARD_COUNTER_REFUSED",
    });
    expect(
      (await control("unblockPin", { id: pinless.id, pin: "text", value: "1357" })).pins,
    ).toEqual({ text: "1357" });
  });
});

/** The words of the control API, on a lab in this process. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../clock.ts";
import {
  Lab,
  type LabCard,
  type LabControl,
  LIFE_EVENTS,
  type LifeEventName,
  labControl,
} from "./index.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";
import { PIN, SELECT, statuses, verifyPin } from "./testing/reading.ts";

const WRONG = verifyPin(PIN.auth, "9999");
const RIGHT = verifyPin(PIN.auth, "1234");

let lab: Lab;
let control: LabControl;
let issued: LabCard;
let id: string;

beforeAll(async () => {
  const clock = LabClock.stopped(new Date("2026-08-07T01:00:00Z"));
  lab = await Lab.open({ seed: "control", keys: TEST_KEY_POOL, clock });
  control = labControl(lab);
});

afterAll(() => lab?.close());

beforeEach(async () => {
  issued = await lab.issueCard("adult");
  id = issued.resident.id;
});

/** State of the certificates the card had when it was handed out. */
async function states() {
  const rows = await control.certificates();
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
  const FIRST: Partial<Record<LifeEventName, LifeEventName>> = {
    find: "lose",
    "lose-smartphone": "add-android",
    "give-up-smartphone": "add-iphone",
  };

  it.each(LIFE_EVENTS)("%s does to the certificates of the card what it should", async (event) => {
    const first = FIRST[event];
    if (first !== undefined) await control.lifeEvent(id, first);
    await control.lifeEvent(id, event);
    expect(await states()).toEqual(CASES[event]);
  });

  it("move takes people where they are told to, and tells the new address", async () => {
    const row = await control.lifeEvent(id, "move", { to: "01100" });
    expect(row.address).toMatch(/^北海道札幌市/);
    await expect(control.lifeEvent(id, "move", { to: "99999" })).rejects.toMatchObject({
      code: "PERSONA_UNKNOWN",
    });
  });

  it("show the world at once", async () => {
    await control.lifeEvent(id, "lose");
    const serial = Number.parseInt(issued.authSerial, 16);
    expect(lab.jpki.auth.listData().revoked.has(serial)).toBe(true);
    expect(lab.jpki.auth.ocspData().revoked.has(serial)).toBe(true);
  });

  it.each([
    ["replace-card", "card", "-2"],
    ["add-android", "smartphone", "-S1"],
  ] as const)("%s gives another %s", async (event, what, suffix) => {
    const row = await control.lifeEvent(id, event);
    expect(row[what]?.id).toBe(`${id}${suffix}`);
    expect((await control.resident(id))[what]?.id).toBe(`${id}${suffix}`);
  });

  it("lose-smartphone puts the certificates of the device on hold", async () => {
    const { smartphone } = await control.lifeEvent(id, "add-android");
    await control.lifeEvent(id, "lose-smartphone");
    expect(await control.certificates()).toContainEqual(
      expect.objectContaining({ serial: smartphone?.authSerial, reason: "certificateHold" }),
    );
  });
});

describe("a new resident", () => {
  it("has a card that answers reset as was asked for", async () => {
    const { card } = await control.newResident("child", "contact-plain");
    expect(card).toMatchObject({ atr: "3BE000FF8131FE4514", profile: "card" });
    expect((await control.newResident("child")).card?.atr).toBe("3B888001000005E0B381A1007F");
  });
});

describe("a card taken away as a file", () => {
  it("is text that tells neither PINs nor who holds it", async () => {
    const text = await control.exportCard(issued.id);
    expect(text).toMatch(/^jpki\/0018\/triesLeft = 3$/m);
    for (const secret of lab.secrets().filter((one) => one.length > 4)) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("hex").toUpperCase());
    }
  });

  it("comes back whole, spent tries and all", async () => {
    statuses(issued.card, SELECT.jpki, WRONG);
    const image = await control.cardImage(issued.id);
    const text = await control.exportCard(issued.id);
    statuses(issued.card, SELECT.jpki, WRONG, WRONG);
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "6984"]);

    const row = await control.importCard(image);

    expect(row.id).toBe(issued.id);
    expect(await control.exportCard(issued.id)).toBe(text);
    expect(statuses(issued.card, SELECT.jpki, WRONG)).toEqual(["9000", "63C1"]);
  });

  it("goes back to the smartphone it came from, and not to the card of its holder", async () => {
    const { smartphone } = await control.lifeEvent(id, "add-iphone");
    const image = await control.cardImage(smartphone?.id ?? "");
    expect((await control.importCard(image)).id).toBe(`${id}-S1`);
  });

  it("is refused when it is damaged, or of another world", async () => {
    const image = await control.cardImage(issued.id);
    await expect(control.importCard(image.slice(0, 5000))).rejects.toMatchObject({
      code: "CARD_IMAGE_INVALID",
    });
    const other = await Lab.open({ seed: "elsewhere", keys: TEST_KEY_POOL });
    try {
      await expect(labControl(other).importCard(image)).rejects.toMatchObject({
        code: "CARD_UNKNOWN",
      });
    } finally {
      await other.close();
    }
  });

  it.each(["exportCard", "cardImage"] as const)("%s knows no card that is none", async (act) => {
    await expect(control[act]("R9999-1")).rejects.toMatchObject({ code: "CARD_UNKNOWN" });
  });
});

describe("unblocking a PIN", () => {
  it("restores the tries, and sets another PIN when one is given", async () => {
    statuses(issued.card, SELECT.jpki, WRONG, WRONG, WRONG);

    expect((await control.unblockPin(issued.id, "auth")).pins.auth).toBe("1234");
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "9000"]);

    expect((await control.unblockPin(issued.id, "auth", "2468")).pins.auth).toBe("2468");
    expect(statuses(issued.card, SELECT.jpki, RIGHT)).toEqual(["9000", "63C2"]);
  });

  it.each([
    ["sign", "abc"],
    ["auth", "12345"],
  ] as const)("refuses %s %s", async (pin, value) => {
    await expect(control.unblockPin(issued.id, pin, value)).rejects.toMatchObject({
      code: "CARD_COUNTER_REFUSED",
    });
  });

  it("needs a value where nobody has set the PIN", async () => {
    const pinless = await lab.issueCard("pinless");
    await expect(control.unblockPin(pinless.id, "text")).rejects.toMatchObject({
      code: "CARD_COUNTER_REFUSED",
    });
    expect((await control.unblockPin(pinless.id, "text", "1357")).pins).toEqual({ text: "1357" });
  });
});

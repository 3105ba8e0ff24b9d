/** What happens in a resident's life, seen on the card they bring. */
import { verify, X509Certificate } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CardApSpec, loadCardAp } from "../card/index.ts";
import { publicKeyIn } from "../card/testing/records.ts";
import { LabClock } from "../clock.ts";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Lab, type LabCard } from "./index.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";
import {
  AUTH_SERIAL,
  attributesOn,
  data,
  PIN,
  readFile,
  SELECT,
  serialOn,
  signSerialWith,
  statuses,
  triesLeft,
  verifyPin,
} from "./testing/reading.ts";

const DAY = 24 * 60 * 60 * 1000;
const KOBE = "28100";
const PASSWORD = "ABC123";
const WRONG = verifyPin(PIN.auth, "9999");

const service = (aid: string, area: CardApSpec["area"]): CardApSpec => ({
  aid: fromHex(aid),
  area,
  files: [{ id: 1, read: "free", content: Uint8Array.of(7) }],
});
const LIBRARY = "00A4040C05D392990001";
const POINTS = "00A4040C05D392990002";

let lab: Lab;
let issued: LabCard;

// A world each: every one draws the same keys, and making new ones takes longer than all of this.
beforeEach(async () => {
  const clock = LabClock.stopped(new Date("2026-08-07T01:00:00Z"));
  lab = await Lab.open({ seed: "counter", keys: TEST_KEY_POOL, clock });
  issued = await lab.issueCard("adult");
  issued.card.alter((image) => loadCardAp(image, service("D392990001", "local")));
  issued.card.alter((image) => loadCardAp(image, service("D392990002", "extended")));
});

afterEach(() => lab?.close());

/** As it is described now; what is held in `issued` was true when it was handed out. */
const now = () => lab.shownBy(issued.resident);
const services = () => statuses(issued.card, LIBRARY, POINTS);
const onCard = () => attributesOn(issued.card, now().codeB);
const authOnCard = () => serialOn(issued.card, ...AUTH_SERIAL);
const signOnCard = () => serialOn(issued.card, ...signSerialWith(PASSWORD));

function reasonOf(serial: string | undefined): string | undefined {
  const number = Number.parseInt(serial ?? "", 16);
  return lab.jpki.authorityOf(number).revocation(number)?.reason;
}

describe("moving", () => {
  it("rewrites the face, revokes the 署名用 certificate and leaves it on the card", () => {
    const { holder } = lab.counter.move(issued.resident);

    expect(onCard()[1]).toBe(holder.address);
    expect(holder.address).not.toBe(issued.resident.address);
    expect(reasonOf(issued.signSerial)).toBe("affiliationChanged");
    expect(reasonOf(issued.authSerial)).toBeUndefined();
    expect([signOnCard(), authOnCard()]).toEqual([issued.signSerial, issued.authSerial]);
  });

  it("rewrites the pictures of the 券面 application too", () => {
    const face = () =>
      toHex(data(issued.card, SELECT.visual, verifyPin(0x12, issued.codeB), readFile(2)));
    const before = face();
    lab.counter.move(issued.resident);
    const moved = face();
    expect(moved).not.toBe(before);
  });

  it("has the new records signed by the new municipality", () => {
    lab.counter.move(issued.resident, KOBE);
    const open = [SELECT.text, verifyPin(PIN.textCodeB, issued.codeB)] as const;
    const record = data(issued.card, ...open, readFile(3));
    const certificate = data(issued.card, ...open, readFile(4));
    expect(toHex(certificate)).toContain(toHex(Buffer.from(`${KOBE}00`)));
    // DF31 and DF32 of 35 bytes each behind a header of five; the key behind 42 bytes (5.3, 5.5).
    const [signed, signature] = [record.slice(5, 75), record.slice(-256)];
    const key = publicKeyIn(certificate.slice(42, 307));
    expect(verify("sha256", signed, key, signature)).toBe(true);
  });

  it("deletes 地域住民向け領域 on leaving the municipality, and nothing else", () => {
    expect(services()).toEqual(["9000", "9000"]);
    lab.counter.move(issued.resident);
    expect(services()).toEqual(["9000", "9000"]);
    lab.counter.move(issued.resident, KOBE);
    expect(services()).toEqual(["6A82", "9000"]);
    expect(onCard()[1]).toMatch(/^兵庫県神戸市/);
  });

  it("is followed by another 署名用 certificate when the holder asks for it", async () => {
    const { holder } = lab.counter.move(issued.resident);

    await lab.counter.reissueSign(issued.resident);

    expect(now().signSerial).not.toBe(issued.signSerial);
    expect(signOnCard()).toBe(now().signSerial);
    expect(reasonOf(now().signSerial)).toBeUndefined();
    const certificate = data(issued.card, ...signSerialWith(PASSWORD));
    expect(new TextDecoder().decode(certificate)).toContain(holder.address);
    expect(authOnCard()).toBe(issued.authSerial);
  });
});

describe("other changes of the face", () => {
  it("writes a new name", () => {
    const { holder } = lab.counter.rename(issued.resident, "試験　花子");
    expect(onCard()[0]).toBe("試験　花子");
    expect(holder.name).toBe("試験　花子");
    expect(reasonOf(issued.signSerial)).toBe("affiliationChanged");
  });

  it("writes a corrected birth date, and lets 照合番号B follow", () => {
    lab.counter.correct(issued.resident, { birthDate: "19900103", sex: "2" });
    expect(onCard().slice(2)).toEqual(["19900103", "2"]);
    expect(now().codeB).not.toBe(issued.codeB);
    const old = statuses(issued.card, SELECT.text, verifyPin(PIN.textCodeB, issued.codeB));
    expect(old).toEqual(["9000", "63C9"]);
  });

  it("keeps PINs and their counts", () => {
    const change = `002401800${4}35363738`;
    const select = "00A4020C020018";
    statuses(issued.card, SELECT.jpki, select, verifyPin(PIN.auth, "1234"), change, WRONG);

    lab.counter.move(issued.resident);

    expect(now().pins.auth).toBe("5678");
    expect(statuses(issued.card, SELECT.jpki, triesLeft(PIN.auth))).toEqual(["9000", "63C2"]);
    expect(statuses(issued.card, SELECT.jpki, verifyPin(PIN.auth, "5678"))).toEqual([
      "9000",
      "9000",
    ]);
  });

  it("keeps what was true before out of reports as well", () => {
    const { name, address } = issued.resident;
    lab.counter.move(issued.resident);
    lab.counter.rename(issued.resident);
    expect(lab.secrets()).toEqual(expect.arrayContaining([name, address, ...onCard().slice(0, 2)]));
  });
});

describe("losing and finding the card", () => {
  it("leaves a lost card as it is, and writes on it what it missed once it is found", () => {
    lab.counter.lose(issued.resident);
    lab.counter.move(issued.resident, KOBE);
    const [, before] = onCard();
    const missed = [before, services()];

    const { holder } = lab.counter.find(issued.resident);

    expect(missed).toEqual([issued.resident.address, ["9000", "9000"]]);
    expect(onCard()[1]).toBe(holder.address);
    expect(services()).toEqual(["6A82", "9000"]);
    expect(reasonOf(issued.authSerial)).toBe("certificateHold");
  });
});

describe("renewing", () => {
  it("puts new certificates and keys on the same card", async () => {
    lab.clock.advance(400 * DAY);

    await lab.counter.renew(issued.resident);

    expect(now().id).toBe(issued.id);
    expect(authOnCard()).toBe(now().authSerial);
    expect(signOnCard()).toBe(now().signSerial);
    expect([reasonOf(issued.authSerial), reasonOf(issued.signSerial)]).toEqual([
      "superseded",
      "superseded",
    ]);
    // P1 = 03: the card hashes and adds the DigestInfo.
    const sign = `802A03970568656C6C6F00`;
    const signature = data(issued.card, SELECT.jpki, verifyPin(PIN.auth, "1234"), sign);
    const certificate = new X509Certificate(data(issued.card, ...AUTH_SERIAL));
    expect(verify("sha256", Buffer.from("hello"), certificate.publicKey, signature)).toBe(true);
    expect(new Date(certificate.validFrom)).toEqual(lab.clock.now());
  });

  it("keeps the face, the services, PINs and spent tries", async () => {
    const face = onCard();
    statuses(issued.card, SELECT.jpki, WRONG);

    await lab.counter.renew(issued.resident);

    expect(onCard()).toEqual(face);
    expect(services()).toEqual(["9000", "9000"]);
    expect(statuses(issued.card, SELECT.jpki, triesLeft(PIN.auth))).toEqual(["9000", "63C2"]);
    expect(statuses(issued.card, SELECT.jpki, verifyPin(PIN.auth, "1234"))).toEqual([
      "9000",
      "9000",
    ]);
  });

  it("leaves a blocked PIN blocked, until the counter restores it", async () => {
    statuses(issued.card, SELECT.jpki, WRONG, WRONG, WRONG);
    await lab.counter.renew(issued.resident);
    const right = verifyPin(PIN.auth, "1234");
    expect(statuses(issued.card, SELECT.jpki, right)).toEqual(["9000", "6984"]);

    lab.counter.unblock(now(), "auth");

    expect(statuses(issued.card, SELECT.jpki, right)).toEqual(["9000", "9000"]);
  });

  it("leaves a 顔認証マイナンバーカード without PINs until one is set", async () => {
    const pinless = await lab.issueCard("pinless");
    await lab.counter.renew(pinless.resident);
    expect(lab.shownBy(pinless.resident).pins).toEqual({});
    expect(() => lab.counter.unblock(pinless, "auth")).toThrow(
      expect.objectContaining({ code: "CARD_COUNTER_REFUSED" }),
    );

    lab.counter.unblock(pinless, "auth", "2468");

    expect(lab.shownBy(pinless.resident).pins).toEqual({ auth: "2468" });
  });

  it("gives somebody who had none a 署名用 certificate with its password", async () => {
    const child = await lab.issueCard("child");
    await lab.counter.reissueSign(child.resident);
    const { card, signSerial, pins } = lab.shownBy(child.resident);
    expect(pins.sign).toBe(PASSWORD);
    expect(serialOn(card, ...signSerialWith(PASSWORD))).toBe(signSerial);
  });
});

describe("leaving", () => {
  it("deletes 地域住民向け領域 on emigration", () => {
    lab.counter.emigrate(issued.resident);
    expect(services()).toEqual(["6A82", "9000"]);
    expect(reasonOf(issued.authSerial)).toBe("cessationOfOperation");
  });

  it("leaves the card of the dead alone", () => {
    const image = issued.card.image;
    lab.counter.die(issued.resident);
    expect(issued.card.image).toBe(image);
    expect(reasonOf(issued.signSerial)).toBe("cessationOfOperation");
  });

  it("is not undone: nothing more is written on the card", () => {
    lab.counter.die(issued.resident);
    expect(() => lab.counter.move(issued.resident)).toThrow(
      expect.objectContaining({ code: "RESIDENT_REFUSED" }),
    );
  });
});

/**
 * A whole life on the clock, from a child's first card to death, with what each event does to the
 * certificates of card and smartphone, to the card's face and files, and to linkage (card-facts
 * section 8, platform-facts 5.3 to 5.6). One test after the other: each begins where the last ended.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCardAp } from "../card/index.ts";
import { fromHex } from "../iso7816/index.ts";
import { ocspSource, validateCertificate } from "../pki/index.ts";
import type { Lab, LabClient, LifeEventName } from "./index.ts";
import { openControlled } from "./testing/controlled.ts";
import {
  AUTH_SERIAL,
  attributesOn,
  serialOn,
  signSerialWith,
  statuses,
} from "./testing/reading.ts";

const KOBE = "28100";
const LOCAL = "D392990001";
const HALF_A_DAY = 12 * 60 * 60;

let lab: Lab;
let client: LabClient;
let resident: string;
/** 発行番号 of everything the person ever had, in the order it was got. */
const had = { auth: [] as string[], sign: [] as string[] };

beforeAll(async () => {
  ({ lab, client } = await openControlled({ seed: "life" }));
  resident = (await client("newResident", { persona: "child" })).id;
  await remember();
});

afterAll(() => lab?.close());

const row = () => client("getResident", { id: resident });
const onTheTable = () => {
  const found = lab.cards.find((card) => card.resident.id === resident);
  return found ?? expect.fail("there is no card");
};

/** On a day at noon in Japan. */
async function on(day: string, event: LifeEventName, details: object = {}): Promise<string[]> {
  await client("setClock", { now: `${day}T03:00:00.000Z` });
  await client("lifeEvent", { id: resident, event, ...details });
  await remember();
  // A certificate is valid from the second it was issued in, and linked 90 minutes later.
  await client("moveClock", { seconds: HALF_A_DAY });
  return verdicts();
}

async function remember(): Promise<void> {
  const { card } = await row();
  if (card !== undefined && !had.auth.includes(card.authSerial)) had.auth.push(card.authSerial);
  const { signSerial } = card ?? {};
  if (signSerial !== undefined && !had.sign.includes(signSerial)) had.sign.push(signSerial);
}

/** 利用者証明用 and 署名用 of the card, then of the smartphone, as a municipality sees them by OCSP. */
async function verdicts(): Promise<string[]> {
  const { card, smartphone } = await row();
  const serials = [card?.authSerial, card?.signSerial];
  if (smartphone !== undefined) serials.push(smartphone.authSerial, smartphone.signSerial);
  return Promise.all(
    serials.map((serial, i) => (serial === undefined ? "none" : verdict(serial, i >= 2))),
  );
}

async function verdict(serial: string, onSmartphone: boolean): Promise<string> {
  const certificate = await client("downloadCertificate", { serial });
  const { anchors } = lab.jpki;
  const url = lab.addresses.ocsp + (onSmartphone ? "-smartphone" : "");
  const random = lab.random("verifier");
  const source = ocspSource({ url, anchors, clock: lab.clock, random });
  const found = await validateCertificate(certificate, { anchors, clock: lab.clock, source });
  return found.verdict === "revoked" ? found.reason : found.verdict;
}

describe("a whole life", () => {
  it("begins with a card that signs nothing, for five birthdays", async () => {
    await client("moveClock", { seconds: HALF_A_DAY });
    expect(await verdicts()).toEqual(["valid", "none"]);
    await client("setClock", { now: "2031-08-07T03:00:00.000Z" });
    expect(await verdicts()).toEqual(["expired", "none"]);
    await expect(client("lifeEvent", { id: resident, event: "renew" })).rejects.toMatchObject({
      code: "RESIDENT_REFUSED",
    });
  });

  it("goes on with another card, by CAs that have rolled over meanwhile", async () => {
    await client("foundGeneration", { kind: "auth" });
    await client("foundGeneration", { kind: "sign" });
    expect(await on("2031-08-08", "replace-card")).toEqual(["valid", "none"]);
    expect(await on("2032-08-08", "reissue-sign")).toEqual(["valid", "valid"]);
    expect(serialOn(onTheTable().card, ...signSerialWith("ABC123"))).toBe(had.sign[0]);
    expect(await client("getLinkage", { serial: had.auth[1] ?? "" })).toEqual({
      serial: had.auth[1],
      counterpart: had.sign[0],
      previous: had.auth[0],
      newest: had.auth[1],
    });
  });

  it("takes a smartphone along, and loses what certifies the address on moving", async () => {
    expect(await on("2032-08-09", "add-android")).toEqual(["valid", "valid", "valid", "valid"]);
    const { card } = onTheTable();
    card.alter((image) =>
      loadCardAp(image, {
        aid: fromHex(LOCAL),
        area: "local",
        files: [{ id: 1, read: "free", content: Uint8Array.of(7) }],
      }),
    );
    const moved = ["valid", "affiliationChanged", "valid", "affiliationChanged"];
    expect(await on("2032-09-01", "move")).toEqual(moved);
    expect(attributesOn(card, onTheTable().codeB)[1]).toBe((await row()).address);
    expect(statuses(card, `00A4040C05${LOCAL}`)).toEqual(["9000"]);

    expect(await on("2032-10-01", "move", { to: KOBE })).toEqual(moved);
    expect(attributesOn(card, onTheTable().codeB)[1]).toContain("兵庫県神戸市");
    expect(statuses(card, `00A4040C05${LOCAL}`)).toEqual(["6A82"]);

    expect(await on("2032-10-02", "reissue-sign")).toEqual([
      ...["valid", "valid"],
      ...["valid", "affiliationChanged"],
    ]);
  });

  it("changes its name and has the register corrected, each time with another 署名用 certificate", async () => {
    for (const [day, event, details] of [
      ["2033-01-01", "rename", { name: "検証試験　はな" }],
      ["2033-02-01", "correct", { birthDate: "20160102" }],
      ["2033-03-01", "correct", { sex: "1" }],
    ] as const) {
      expect((await on(day, event, details)).slice(0, 2)).toEqual(["valid", "affiliationChanged"]);
      expect((await on(day, "reissue-sign")).slice(0, 2)).toEqual(["valid", "valid"]);
    }
    const { card, codeB } = onTheTable();
    // 照合番号B counts the years of 平成.
    expect(codeB.slice(0, 6)).toBe("280102");
    const [name, , birthDate, sex] = attributesOn(card, codeB);
    expect([name, birthDate, sex]).toEqual(["検証試験　はな", "20160102", "1"]);
  });

  it("loses the card and finds it: what was held is of no use until it is renewed", async () => {
    const held = ["certificateHold", "certificateHold"];
    expect((await on("2034-01-01", "lose")).slice(0, 2)).toEqual(held);
    expect((await on("2034-01-05", "find")).slice(0, 2)).toEqual(held);
    const [heldSerial = ""] = had.auth.slice(-1);

    expect((await on("2034-01-06", "renew")).slice(0, 2)).toEqual(["valid", "valid"]);

    expect(await client("getCertificate", { serial: heldSerial })).toMatchObject({
      reason: "superseded",
      revokedAt: "2034-01-01T03:00:00.000Z",
    });
    const [renewed = ""] = had.auth.slice(-1);
    expect(serialOn(onTheTable().card, ...AUTH_SERIAL)).toBe(renewed);
    expect(await client("getLinkage", { serial: had.auth[0] ?? "" })).toMatchObject({
      newest: renewed,
    });
  });

  it("changes the smartphone: the first device's certificates are superseded", async () => {
    await on("2034-02-01", "add-android");
    const before = await row();
    expect(await on("2034-02-02", "add-iphone")).toEqual(["valid", "valid", "valid", "valid"]);
    const serial = before.smartphone?.authSerial ?? "";
    expect(await client("getCertificate", { serial })).toMatchObject({ reason: "superseded" });
    expect((await on("2034-03-01", "lose-smartphone")).slice(2)).toEqual([
      "certificateHold",
      "certificateHold",
    ]);
  });

  it("reaches the fifth birthday after the card, and the certificates end with that day", async () => {
    // That of the renewal is in 2039, but the card of a minor ends with the fifth after 2031.
    const { expiry } = lab.office.file({ id: resident }).cards.at(-1) ?? { expiry: "" };
    expect(expiry).toMatch(/^2036/);
    const last = `${expiry.slice(0, 4)}-${expiry.slice(4, 6)}-${expiry.slice(6)}`;
    await client("setClock", { now: `${last}T14:59:59.000Z` });
    expect((await verdicts()).slice(0, 2)).toEqual(["valid", "valid"]);
    await client("moveClock", { seconds: 1 });
    expect((await verdicts()).slice(0, 2)).toEqual(["expired", "expired"]);
  });

  it("ends: nothing is valid, no 4情報 are told, and the counter can do no more", async () => {
    await client("setConsent", { resident, given: true });
    expect((await on("2036-12-01", "replace-card")).slice(0, 2)).toEqual(["valid", "valid"]);

    const ended = ["cessationOfOperation", "cessationOfOperation"];
    expect((await on("2037-01-01", "die")).slice(0, 2)).toEqual(ended);

    for (const event of ["renew", "replace-card", "move", "add-iphone"] as const) {
      const refused = client("lifeEvent", { id: resident, event });
      await expect(refused).rejects.toMatchObject({ code: "RESIDENT_REFUSED" });
    }
    expect(lab.office.file({ id: resident }).cards.map(({ state }) => state)).toEqual([
      "replaced",
      "replaced",
      "ended",
    ]);
    for (const serial of [...had.auth, ...had.sign]) {
      expect(await verdict(serial, false)).not.toBe("valid");
    }
  });
});

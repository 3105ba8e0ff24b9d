/** Every kind of person by name, each with the card such a person has. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VISUAL_AID } from "../card/index.ts";
import { LabClock } from "../clock.ts";
import { toHex } from "../iso7816/index.ts";
import { readCertificate } from "../pki/index.ts";
import { PERSONAS } from "../residents/index.ts";
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

const NOW = new Date("2026-08-07T01:00:00Z");
const PASSWORD = "ABC123";
/** Label of the token in the JPKI application (card-facts 5.6). */
const LABEL = [SELECT.jpki, "00B0860020"] as const;

let lab: Lab;
const cards = new Map<string, LabCard>();

beforeAll(async () => {
  lab = await Lab.open({
    seed: "personas",
    keys: TEST_KEY_POOL,
    clock: LabClock.stopped(NOW),
  });
  for (const { id } of PERSONAS) cards.set(id, await lab.issueCard(id));
  // Where the pool is cold, a hundred keys have to be made.
}, 120_000);

afterAll(() => lab?.close());

function cardOf(persona: string): LabCard {
  const card = cards.get(persona);
  if (card === undefined) throw new Error(`nobody was registered as ${persona}`);
  return card;
}

function reasonOf(serial: string | undefined): string | undefined {
  const number = Number.parseInt(serial ?? "", 16);
  return lab.jpki.authorityOf(number).revocation(number)?.reason;
}

const labelOf = ({ card }: LabCard) =>
  Buffer.from(data(card, ...LABEL))
    .toString("latin1")
    .trim();
const onPlastic = PERSONAS.filter(({ smartphone }) => smartphone === undefined);

describe.each(onPlastic.map(({ id }) => id))("%s", (persona) => {
  it("has a card that says who they are", () => {
    const { card, codeB, resident } = cardOf(persona);
    const { name, alias, address, birthDate, sex } = resident;
    const shown = alias === undefined ? name : `${name}（${alias}）`;
    expect(attributesOn(card, codeB)).toEqual([shown, address, birthDate, sex]);
    expect(labelOf(cardOf(persona))).toBe("JPKIAPICCTOKEN2");
  });

  it("has the certificates on it that are on record", () => {
    const { card, authSerial, signSerial, pins } = cardOf(persona);
    expect(serialOn(card, ...AUTH_SERIAL)).toBe(authSerial);
    if (signSerial === undefined) {
      expect(toHex(data(card, SELECT.jpki, readFile(8)))).toBe("008F00");
      expect(pins.sign).toBeUndefined();
    } else {
      expect(serialOn(card, ...signSerialWith(PASSWORD))).toBe(signSerial);
    }
  });
});

describe("people whose card is unlike others", () => {
  it("child, pinless: no 署名用 certificate", () => {
    const without = onPlastic.filter(({ id }) => cardOf(id).signSerial === undefined);
    expect(without.map(({ id }) => id)).toEqual(["child", "pinless"]);
  });

  it("pinless: every PIN is blocked, the codes printed on the card open it", () => {
    const { card, pins, codeA, codeB } = cardOf("pinless");
    const { text, textCodeA, textCodeB } = PIN;

    expect(pins).toEqual({});
    const jpki = [
      SELECT.jpki,
      triesLeft(PIN.auth),
      verifyPin(PIN.auth, "1234"),
      triesLeft(PIN.sign),
    ];
    expect(statuses(card, ...jpki)).toEqual(["9000", "63C0", "6984", "63C0"]);
    const codes = [verifyPin(textCodeA, codeA), verifyPin(textCodeB, codeB)];
    expect(statuses(card, SELECT.text, triesLeft(text), ...codes)).toEqual([
      "9000",
      "63C0",
      "9000",
      "9000",
    ]);
  });

  it("expired: the card says so, and its certificates ended with it", () => {
    const { card } = cardOf("expired");
    const expiry = Buffer.from(data(card, "00CA00F200")).toString("latin1");
    expect(expiry < "20260807").toBe(true);
    const certificate = data(card, ...AUTH_SERIAL);
    const { notAfter } = readCertificate(certificate);
    expect(notAfter < NOW).toBe(true);
    expect(reasonOf(cardOf("expired").authSerial)).toBeUndefined();
  });

  it("long-name, gaiji, foreign: what does not fit into a certificate stands on the card", () => {
    const certified = (persona: string) =>
      new TextDecoder().decode(data(cardOf(persona).card, ...signSerialWith(PASSWORD)));
    const name = (persona: string) => attributesOn(cardOf(persona).card, cardOf(persona).codeB)[0];

    expect([...(name("long-name") ?? "")].length).toBeGreaterThan(30);
    expect(certified("long-name")).toContain(name("long-name"));
    expect(name("gaiji")).toBe("𠮷田試験　髙太郎");
    // The first and the sixth character are substitutes.
    expect(certified("gaiji")).toContain("吉田試験　高太郎");
    expect(certified("gaiji")).toContain("10000100");
    expect(name("foreign")).toMatch(/^SHIKEN　.*（試験　マリア）$/);
    expect(certified("foreign")).toContain(name("foreign"));
  });

  it.each([
    ["moved", "affiliationChanged", undefined],
    ["renamed", "affiliationChanged", undefined],
    ["renewed", undefined, undefined],
  ])("%s: 署名用 %s, 利用者証明用 %s", (persona, sign, auth) => {
    const { signSerial, authSerial } = cardOf(persona);
    expect([reasonOf(signSerial), reasonOf(authSerial)]).toEqual([sign, auth]);
  });

  it("moved, renamed, renewed: the world can see it", async () => {
    const listed = lab.jpki.sign.listData().revoked;
    const [renewed] = lab.office.file(cardOf("renewed").resident).cards;
    const revoked = [
      cardOf("moved").signSerial,
      cardOf("renamed").signSerial,
      renewed?.signSerials[0]?.toString(16),
    ];
    expect(revoked.map((serial) => listed.has(Number.parseInt(serial ?? "", 16)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(renewed?.authSerials).toHaveLength(2);
  });

  it("moved, renamed: the 署名用 certificate goes on telling what was true", () => {
    for (const persona of ["moved", "renamed"]) {
      const { card, codeB } = cardOf(persona);
      const [name = "", address = ""] = attributesOn(card, codeB);
      const certified = new TextDecoder().decode(data(card, ...signSerialWith(PASSWORD)));
      expect(certified.includes(name) && certified.includes(address)).toBe(false);
    }
    const [, address] = attributesOn(cardOf("moved").card, cardOf("moved").codeB);
    expect(address).toMatch(/^兵庫県神戸市/);
  });
});

describe.each([
  ["android", "JPKIAPGPSETOKEN"],
  ["iphone", "JPKIAPIOSTOKEN"],
])("%s", (persona, label) => {
  it("has the JPKI application only, under its own label", () => {
    const phone = cardOf(persona);
    expect(phone.card.image.profile).toBe(persona);
    expect(labelOf(phone)).toBe(label);
    expect(statuses(phone.card, SELECT.text, SELECT.visual)).toEqual(["6A82", "6A82"]);
    expect(toHex(data(phone.card, SELECT.jpki, readFile(6)).slice(80, 96))).toBe(
      toHex(Buffer.from(phone.tokenSerial)),
    );
  });

  it("gives its certificates after a PIN, each of a CA of its own", () => {
    const { card, authSerial, signSerial, pins } = cardOf(persona);
    expect(pins).toEqual({ auth: "1234", sign: PASSWORD });
    expect(statuses(card, ...AUTH_SERIAL)).toEqual(["9000", "6982"]);
    const [select, read] = AUTH_SERIAL;
    expect(serialOn(card, select, verifyPin(PIN.auth, "1234"), read)).toBe(authSerial);
    expect(serialOn(card, ...signSerialWith(PASSWORD))).toBe(signSerial);
    const { identity } = lab.jpki.authorityOf(Number.parseInt(authSerial, 16));
    expect(identity.carrier).toBe("smartphone");
  });

  it("is on the lab's page beside the card", async () => {
    const page = await (await fetch(lab.addresses.console)).text();
    const { id, resident, authSerial } = cardOf(persona);
    const shown = [`${resident.id}-1`, id].map((card) => page.indexOf(`<code>${card}</code>`));
    expect(shown.every((place) => place >= 0)).toBe(true);
    // What is said of the smartphone begins with its certificates, behind what is said of the card.
    expect(shown[1]).toBeGreaterThan(shown[0] ?? 0);
    expect(page.indexOf(`<code>${authSerial}</code>`)).toBeGreaterThan(shown[1] ?? 0);
  });

  it("is beside a plastic card of the same person", () => {
    const phone = cardOf(persona);
    const plastic = lab.cards.find(({ resident }) => resident.id === phone.resident.id);
    expect(plastic?.id).toBe(`${phone.resident.id}-1`);
    expect(phone.id).toBe(`${phone.resident.id}-S1`);
    expect(lab.smartphones.map(({ id }) => id)).toContain(phone.id);
    expect(plastic?.authSerial).not.toBe(phone.authSerial);
    const applications = plastic?.card.image.applications.map(({ aid }) => toHex(aid));
    expect(applications).toContain(toHex(VISUAL_AID));
  });
});

describe("a card that answers reset otherwise", () => {
  it("is handed out by name", async () => {
    const { card } = await lab.issueCard("adult", { atr: "contact-short" });
    expect(toHex(card.powerOn())).toBe("3BC5FF8131FB458073C6010000");
    expect(statuses(card, ...AUTH_SERIAL)).toEqual(["9000", "6700"]);
  });
});

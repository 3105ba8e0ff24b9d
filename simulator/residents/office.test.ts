import { beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../clock.ts";
import { toHex } from "../iso7816/index.ts";
import {
  ageOn,
  type CertificateKind,
  type JpkiService,
  jstDay,
  kindOf,
  readCertificate,
  validateCertificate,
} from "../pki/index.ts";
import { DAY, testService } from "../pki/testing/world.ts";
import type { Random } from "../random.ts";
import { isTestMyNumber } from "./my-number.ts";
import { MunicipalOffice } from "./office.ts";
import { PERSONAS } from "./personas.ts";

let clock: LabClock;
let random: Random;
let jpki: JpkiService;
let office: MunicipalOffice;

beforeEach(async () => {
  ({ jpki, clock, random } = await testService());
  office = new MunicipalOffice({ jpki, clock, random });
});

const reason = (kind: CertificateKind, serial: number | undefined) =>
  jpki[kind].authority.revocation(serial ?? 0)?.reason;

async function withCard(persona = "adult") {
  const resident = office.register(persona);
  return { resident, ...(await office.issueCard(resident)) };
}

describe("registering", () => {
  it.each(PERSONAS.map(({ id }) => id))(
    "makes a resident of %s that is obviously a test",
    (persona) => {
      const resident = office.register(persona);

      expect(resident.name).toMatch(/試験|SHIKEN/);
      expect(resident.name).toContain("　");
      expect(resident.address).toMatch(/^東京都千代田区試験町[０-９]+丁目[０-９]+番[０-９]+号$/);
      expect(isTestMyNumber(resident.myNumber)).toBe(true);
      const { age } = PERSONAS.find(({ id }) => id === persona) ?? { age: 0 };
      const born = ageOn(resident.birthDate, jstDay(clock.now()));
      expect(persona === "leap-day" ? born >= age : born === age).toBe(true);
    },
  );

  it("gives everybody another number and the same again from the same seed", () => {
    const residents = Array.from({ length: 50 }, () => office.register("adult"));
    const again = new MunicipalOffice({ jpki, clock, random });
    const twins = residents.map(() => again.register("adult"));

    expect(new Set(residents.map(({ myNumber }) => myNumber)).size).toBe(50);
    expect(twins).toEqual(residents);
    expect(office.residents).toEqual(residents);
  });

  it("knows no other personas, places or residents", () => {
    expect(() => office.register("hero")).toThrow(
      expect.objectContaining({ code: "PERSONA_UNKNOWN" }),
    );
    expect(() => office.register("adult", "99999")).toThrow(
      expect.objectContaining({ code: "PERSONA_UNKNOWN" }),
    );
    expect(() => office.file({ id: "R9999" })).toThrow(
      expect.objectContaining({ code: "RESIDENT_UNKNOWN" }),
    );
  });
});

describe("handing out a card", () => {
  it("puts both certificates, their keys and the CAs on it", async () => {
    const { resident, spec, authSerial, signSerial } = await withCard();

    expect(kindOf(spec.auth.certificate)).toBe("auth");
    expect(readCertificate(spec.auth.certificate).serial).toBe(BigInt(authSerial));
    expect(spec.sign && readCertificate(spec.sign.certificate).serial).toBe(
      BigInt(signSerial ?? 0),
    );
    expect(spec.authCaCertificate).toEqual(jpki.anchors[0]);
    expect(spec.signCaCertificate).toEqual(jpki.anchors[1]);
    expect(spec.holder).toEqual({
      name: resident.name,
      address: resident.address,
      birthDate: resident.birthDate,
      sex: "1",
      myNumber: resident.myNumber,
    });
    expect(spec.pins).toEqual({ auth: "1234", sign: "ABC123", text: "1234", juki: "1234" });
    expect(toHex(spec.atr)).toBe("3B8880010000" + "05E0B381A1007F");
    expect([spec.municipalityCode, spec.securityCode, spec.tokenSerial]).toEqual([
      "13101",
      expect.stringMatching(/^\d{4}$/),
      expect.stringMatching(/^\d{16}$/),
    ]);
  });

  it("certifies the key that goes with the certificate", async () => {
    const { spec } = await withCard();
    const { createPrivateKey, createPublicKey } = await import("node:crypto");
    const key = createPrivateKey({
      key: Buffer.from(spec.auth.privateKey),
      format: "der",
      type: "pkcs8",
    });
    const spki = createPublicKey(key).export({ type: "spki", format: "der" });
    expect(readCertificate(spec.auth.certificate).publicKey).toEqual(new Uint8Array(spki));
  });

  it("gives those under 15 no 署名用 certificate and no password for it, unless asked", async () => {
    const { resident, spec, signSerial } = await withCard("child");
    expect([spec.sign, spec.pins.sign, signSerial]).toEqual([undefined, undefined, undefined]);

    expect((await office.issueCard(resident, { sign: true })).spec.sign).toBeDefined();
    expect((await withCard("youth")).spec.sign).toBeDefined();
  });

  it("lasts ten birthdays for adults, five for minors, and no longer than the period of stay", async () => {
    const years = async (persona: string) => {
      const { resident, spec } = await withCard(persona);
      const birthday = spec.expiry.slice(4) === resident.birthDate.slice(4);
      return [Number(spec.expiry.slice(0, 4)) - Number(resident.birthDate.slice(0, 4)), birthday];
    };
    expect(await years("adult")).toEqual([36 + 10, true]);
    expect(await years("child")).toEqual([9 + 5, true]);
    expect((await withCard("foreign")).spec.expiry).toBe("20290807");
    expect((await withCard("leap-day")).spec.expiry).toMatch(/0228$/);
  });

  it("sets no PIN on a 顔認証マイナンバーカード, and puts no 署名用 certificate on it", async () => {
    const { resident, spec, signSerial } = await withCard("pinless");
    expect([spec.pinless, spec.sign, signSerial]).toEqual([true, undefined, undefined]);
    expect(office.file(resident).cards.at(-1)?.pinless).toBe(true);
    expect((await withCard()).spec.pinless).toBeUndefined();
  });

  it("has handed out a card that has run out by now, its certificates with it", async () => {
    const { resident, spec, authSerial, signSerial } = await withCard("expired");
    const today = jstDay(clock.now());
    const { notBefore, notAfter } = readCertificate(spec.auth.certificate);

    expect(spec.expiry < today).toBe(true);
    expect(spec.expiry.slice(4)).toBe(resident.birthDate.slice(4));
    expect(jstDay(notAfter)).toBe(spec.expiry);
    expect(notBefore > jpki.auth.authority.certificate.notBefore).toBe(true);
    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      undefined,
      undefined,
    ]);
    await expect(office.renew(resident)).rejects.toMatchObject({ code: "RESIDENT_REFUSED" });
    const { spec: next } = await office.issueCard(resident);
    expect(next.expiry > today).toBe(true);
    expect(readCertificate(next.auth.certificate).notBefore).toEqual(clock.now());
  });

  it("takes certificates of the past from the CA of that time", async () => {
    const [before] = jpki.generations("auth");
    clock.advance(DAY);
    await jpki.found("auth");

    const { spec } = await withCard("expired");

    expect(spec.authCaCertificate).toEqual(before?.authority.certificate.der);
    expect((await withCard()).spec.authCaCertificate).toEqual(jpki.auth.authority.certificate.der);
  });

  it("tells what would be written on the card now", async () => {
    const { resident, spec } = await withCard();
    const keys = { auth: spec.auth.privateKey, ...(spec.sign && { sign: spec.sign.privateKey }) };
    expect(office.presentCard(resident, keys)).toEqual(spec);

    const { holder } = office.move(resident, "28100");

    const moved = { ...spec, holder, municipalityCode: "28100" };
    expect(office.presentCard(resident, keys)).toEqual(moved);
    expect(() => office.presentCard(office.register("adult"), keys)).toThrow(
      expect.objectContaining({ code: "RESIDENT_REFUSED" }),
    );
  });

  it("replaces a lost card: what was on hold becomes superseded", async () => {
    const { resident, authSerial, signSerial } = await withCard();
    office.lose(resident);

    const second = await office.issueCard(resident);

    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      "superseded",
      "superseded",
    ]);
    expect(reason("auth", second.authSerial)).toBeUndefined();
    expect(office.file(resident).cards.map(({ state }) => state)).toEqual(["replaced", "valid"]);
  });

  it("marks characters a certificate cannot hold, and keeps them on the card (PK-32)", async () => {
    const { spec } = await withCard("gaiji");
    expect(spec.holder.name).toBe("𠮷田試験　髙太郎");
    const text = new TextDecoder().decode(spec.sign?.certificate);
    expect(text).toContain("吉田試験　高太郎");
    expect(text).toContain("10000100");
  });
});

describe("life", () => {
  it("PK-01: moving revokes the 署名用 certificate and leaves the other good", async () => {
    const { resident, authSerial, signSerial } = await withCard();

    const { holder, revoked } = office.move(resident, "28100");

    expect(revoked.map(({ serial }) => serial)).toEqual([signSerial]);
    expect(reason("sign", signSerial)).toBe("affiliationChanged");
    expect(reason("auth", authSerial)).toBeUndefined();
    expect(holder.address).toMatch(/^兵庫県神戸市試験町/);
    expect(office.file(resident).resident).toMatchObject({
      municipalityCode: "28100",
      address: holder.address,
    });
  });

  it("moves within the municipality, to another address each time", async () => {
    const { resident } = await withCard();
    const addresses = [
      resident.address,
      office.move(resident).holder.address,
      office.move(resident).holder.address,
    ];
    expect(new Set(addresses).size).toBe(3);
  });

  it("PK-04: losing the card puts both on hold", async () => {
    const { resident, authSerial, signSerial } = await withCard();

    office.lose(resident);

    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      "certificateHold",
      "certificateHold",
    ]);
    expect(() => office.lose(resident)).toThrow(
      expect.objectContaining({ code: "RESIDENT_REFUSED" }),
    );
  });

  it("PK-05: death revokes both, a hold included, and ends everything", async () => {
    const { resident, authSerial, signSerial } = await withCard();
    office.lose(resident);

    office.die(resident);

    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      "cessationOfOperation",
      "cessationOfOperation",
    ]);
    expect(() => office.move(resident)).toThrow(
      expect.objectContaining({ code: "RESIDENT_REFUSED" }),
    );
    await expect(office.issueCard(resident)).rejects.toMatchObject({ code: "RESIDENT_REFUSED" });
  });

  it("PK-02: renewing supersedes the old and gives new ones of the same kinds", async () => {
    const { resident, authSerial, signSerial } = await withCard();
    clock.advance(400 * DAY);

    const { certificates } = await office.renew(resident);

    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      "superseded",
      "superseded",
    ]);
    expect(office.file(resident).cards.at(-1)).toMatchObject({
      authSerials: [authSerial, certificates.auth?.serial],
      signSerials: [signSerial, certificates.sign?.serial],
    });
    expect(reason("auth", certificates.auth?.serial)).toBeUndefined();
    const child = await withCard("child");
    expect((await office.renew(child.resident)).certificates.sign).toBeUndefined();
  });

  it("reissues the 署名用 certificate after a move, with the new address", async () => {
    const { resident, authSerial } = await withCard();
    const { holder } = office.move(resident);

    const { certificates, revoked } = await office.reissueSign(resident);

    expect(revoked).toEqual([]);
    expect(certificates.auth).toBeUndefined();
    expect(reason("sign", certificates.sign?.serial)).toBeUndefined();
    expect(new TextDecoder().decode(certificates.sign?.certificate)).toContain(holder.address);
    expect(office.file(resident).cards.at(-1)?.authSerials).toEqual([authSerial]);
  });

  it("renames: another name on card and register, the 署名用 certificate revoked", async () => {
    const { resident, authSerial, signSerial } = await withCard();
    const given = resident.name.split("　")[1];

    const { holder } = office.rename(resident);

    expect(holder.name).toBe(`検証試験　${given}`);
    expect(office.rename(resident).holder.name).toBe(`再試験　${given}`);
    expect(office.rename(resident, "試験　花子").holder.name).toBe("試験　花子");
    expect(reason("sign", signSerial)).toBe("affiliationChanged");
    expect(reason("auth", authSerial)).toBeUndefined();
  });

  it("corrects what was wrong in the register", async () => {
    const { resident, signSerial } = await withCard();

    const { holder } = office.correct(resident, { birthDate: "19900103", sex: "2" });

    expect(holder).toMatchObject({ birthDate: "19900103", sex: "2", name: resident.name });
    expect(reason("sign", signSerial)).toBe("affiliationChanged");
  });

  it.each([
    ["a day that is none", { birthDate: "20260230" }],
    ["a day to come", { birthDate: "20260808" }],
    ["no name", { name: "" }],
    ["one name", { name: "試験" }],
    ["two names without what stands between them", { name: "試験 花子" }],
    ["no given name", { name: "試験　" }],
    ["no address", { address: " " }],
    ["an address longer than a certificate holds", { address: "東".repeat(201) }],
  ])("enters nothing that cannot be: %s", async (_what, wrong) => {
    const { resident, signSerial } = await withCard();
    const [value = ""] = Object.values(wrong);

    const refused = expect.objectContaining({
      code: "RESIDENT_REFUSED",
      message: expect.not.stringContaining(value.trim() === "" ? "\0" : value),
    });
    expect(() => office.correct(resident, wrong)).toThrow(refused);
    if ("name" in wrong) expect(() => office.rename(resident, wrong.name)).toThrow(refused);

    expect(office.file(resident).resident).toEqual(resident);
    expect(reason("sign", signSerial)).toBeUndefined();
  });

  it("takes an address as long as a certificate holds, and a birth date of today", async () => {
    const { resident } = await withCard();
    const address = "東".repeat(200);
    expect(office.correct(resident, { address, birthDate: "20260807" }).holder).toMatchObject({
      address,
      birthDate: "20260807",
    });
    expect((await office.reissueSign(resident)).certificates.sign).toBeDefined();
  });

  it("finds a lost card again: it can be used, its certificates never", async () => {
    const { resident, authSerial, signSerial } = await withCard();
    expect(() => office.find(resident)).toThrow(
      expect.objectContaining({ code: "RESIDENT_REFUSED" }),
    );
    office.lose(resident);

    expect(office.find(resident).revoked).toEqual([]);

    expect(reason("auth", authSerial)).toBe("certificateHold");
    const { certificates } = await office.renew(resident);
    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      "superseded",
      "superseded",
    ]);
    expect(reason("auth", certificates.auth?.serial)).toBeUndefined();
  });

  it("gives up one certificate and keeps the other", async () => {
    const { resident, authSerial, signSerial } = await withCard();
    expect(office.giveUp(resident, "sign").revoked.map(({ serial }) => serial)).toEqual([
      signSerial,
    ]);
    expect(reason("auth", authSerial)).toBeUndefined();
    office.giveUp(resident, "auth");
    expect(reason("auth", authSerial)).toBe("cessationOfOperation");
  });

  it("PK-05: moving abroad revokes both and ends everything", async () => {
    const { resident, authSerial, signSerial } = await withCard();

    office.emigrate(resident);

    expect([reason("auth", authSerial), reason("sign", signSerial)]).toEqual([
      "cessationOfOperation",
      "cessationOfOperation",
    ]);
    expect(office.file(resident).resident.status).toBe("emigrated");
    expect(() => office.move(resident)).toThrow(
      expect.objectContaining({ code: "RESIDENT_REFUSED" }),
    );
  });

  it("PK-06, XS-03: certificates end with the fifth birthday, and a renewal before it carries on", async () => {
    const { resident, spec } = await withCard();
    const { notAfter } = readCertificate(spec.auth.certificate);
    const year = Number(jstDay(clock.now()).slice(0, 4));
    expect(jstDay(notAfter).slice(4)).toBe(resident.birthDate.slice(4));
    expect(Number(jstDay(notAfter).slice(0, 4)) - year).toBeGreaterThanOrEqual(4);
    const source = { check: () => Promise.reject(new TypeError("must not be asked")) };
    const verdict = (certificate: Uint8Array) =>
      validateCertificate(certificate, { anchors: jpki.anchors, clock, source });

    clock.travelTo(new Date(notAfter.getTime() - 30 * DAY));
    const { certificates } = await office.renew(resident);
    clock.travelTo(new Date(notAfter.getTime() + 1000));

    expect(await verdict(spec.auth.certificate)).toEqual({ verdict: "expired", notAfter });
    const renewed = certificates.auth?.certificate ?? new Uint8Array(0);
    expect(readCertificate(renewed).notAfter > clock.now()).toBe(true);
  });

  it("needs a card that can be used", async () => {
    const resident = office.register("adult");
    await expect(office.renew(resident)).rejects.toMatchObject({ code: "RESIDENT_REFUSED" });
    await office.issueCard(resident);
    office.lose(resident);
    await expect(office.reissueSign(resident)).rejects.toMatchObject({ code: "RESIDENT_REFUSED" });
  });
});

describe("a saved register", () => {
  it("opens again as it was and goes on where it was", async () => {
    const { resident } = await withCard("foreign");
    clock.advance(DAY);
    office.move(resident);
    const saved = JSON.parse(JSON.stringify(office.state));

    const opened = MunicipalOffice.restore(saved, { jpki, clock, random });

    expect(opened.state).toEqual(office.state);
    expect(opened.file(resident)).toEqual(office.file(resident));
    expect(opened.register("adult")).toEqual(office.register("adult"));
    expect(opened.move(resident)).toEqual({ ...office.move(resident), revoked: [] });
  });

  it("is refused with anything it does not know", async () => {
    await withCard();
    const { residents, ...rest } = office.state;
    const [file] = residents;
    const damaged = [
      null,
      { ...rest, residents, more: 1 },
      { ...rest, version: 2, residents },
      {
        ...rest,
        residents: [{ ...file, resident: { ...file?.resident, myNumber: "123456789018" } }],
      },
      { ...rest, residents: [{ ...file, cards: [{}] }] },
      { ...rest, residents: [file, file] },
    ];
    for (const state of damaged) {
      expect(() => MunicipalOffice.restore(state, { jpki, clock, random })).toThrow(
        expect.objectContaining({ code: "STATE_INVALID" }),
      );
    }
  });
});

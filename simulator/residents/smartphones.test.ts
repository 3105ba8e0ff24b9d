import { beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../clock.ts";
import { carrierOf, type JpkiService, kindOf, readCertificate } from "../pki/index.ts";
import { DAY, testService } from "../pki/testing/world.ts";
import { MunicipalOffice } from "./office.ts";
import type { Resident } from "./resident.ts";

let clock: LabClock;
let jpki: JpkiService;
let office: MunicipalOffice;
let resident: Resident;

beforeEach(async () => {
  const world = await testService();
  ({ clock, jpki } = world);
  office = new MunicipalOffice(world);
  resident = office.register("adult");
  await office.issueCard(resident);
});

const reason = (serial: number | undefined) =>
  jpki.authorityOf(serial ?? 0).revocation(serial ?? 0)?.reason;

async function add(device: "android" | "iphone" = "android") {
  const { certificates, revoked } = await office.smartphones.add(resident, device);
  const { auth, sign } = certificates;
  if (auth === undefined || sign === undefined) expect.fail("a kind is missing");
  return { auth, sign, revoked };
}

const refused = { code: "RESIDENT_REFUSED" };

describe("certificates on a smartphone", () => {
  it("come from CAs of their own and last as long as those of the card", async () => {
    const card = office.file(resident).cards.at(-1);
    clock.advance(400 * DAY);

    const { auth, sign } = await add();

    expect([kindOf(auth.certificate), kindOf(sign.certificate)]).toEqual(["auth", "sign"]);
    expect(carrierOf(auth.certificate)).toBe("smartphone");
    const { notAfter } = jpki.sign.authority.find(card?.signSerials[0] ?? 0);
    expect(readCertificate(auth.certificate).notAfter).toEqual(notAfter);
    expect(readCertificate(sign.certificate).notAfter).toEqual(notAfter);
    expect(new TextDecoder().decode(sign.certificate)).toContain(resident.name);
  });

  it("are in a JPKI application with a number of its own", async () => {
    const { spec } = await office.smartphones.add(resident, "iphone");
    const card = office.file(resident).cards.at(-1);

    expect(spec.profile).toBe("iphone");
    expect(spec.tokenSerial).toMatch(/^\d{16}$/);
    expect(spec.tokenSerial).not.toBe(card?.tokenSerial);
    expect(office.file(resident).smartphones[0]?.tokenSerial).toBe(spec.tokenSerial);
    const { authority } = jpki.current("auth", "smartphone");
    expect(spec.authCaCertificate).toEqual(authority.certificate.der);
  });

  it("are on one device at a time", async () => {
    const first = await add("android");

    const second = await add("iphone");

    expect(second.revoked.map(({ serial }) => serial)).toEqual([
      first.auth.serial,
      first.sign.serial,
    ]);
    expect(reason(first.auth.serial)).toBe("superseded");
    expect(reason(second.auth.serial)).toBeUndefined();
    expect(office.file(resident).smartphones.map(({ device, state }) => [device, state])).toEqual([
      ["android", "ended"],
      ["iphone", "valid"],
    ]);
  });

  it("are had by nobody without a good 署名用 certificate on a card", async () => {
    const child = office.register("child");
    await expect(office.smartphones.add(child, "android")).rejects.toMatchObject(refused);
    await office.issueCard(child);
    await expect(office.smartphones.add(child, "android")).rejects.toMatchObject(refused);
    office.move(resident);
    await expect(office.smartphones.add(resident, "android")).rejects.toMatchObject(refused);
    await office.reissueSign(resident);
    await expect(office.smartphones.add(resident, "android")).resolves.toBeDefined();
  });

  it("are not touched by the loss of the card, nor the card by the loss of the smartphone", async () => {
    const { auth, sign } = await add();
    const card = office.file(resident).cards.at(-1);

    office.smartphones.lose(resident);

    expect([reason(auth.serial), reason(sign.serial)]).toEqual([
      "certificateHold",
      "certificateHold",
    ]);
    expect(reason(card?.authSerials[0])).toBeUndefined();
    expect(() => office.smartphones.lose(resident)).toThrow(expect.objectContaining(refused));
    const again = await add();
    office.lose(resident);
    expect(reason(card?.authSerials[0])).toBe("certificateHold");
    expect(reason(again.auth.serial)).toBeUndefined();
  });

  it("can be given up", async () => {
    const { auth } = await add();
    office.smartphones.giveUp(resident);
    expect(reason(auth.serial)).toBe("cessationOfOperation");
    expect(() => office.smartphones.giveUp(resident)).toThrow(expect.objectContaining(refused));
  });

  it("share the fate of the person: a move, a renewal, death", async () => {
    const { auth, sign } = await add();
    office.move(resident);
    expect([reason(auth.serial), reason(sign.serial)]).toEqual([undefined, "affiliationChanged"]);

    await office.renew(resident);
    expect(reason(auth.serial)).toBe("superseded");
    const next = await add();
    await office.issueCard(resident);
    expect(reason(next.auth.serial)).toBe("superseded");
    const last = await add();
    office.die(resident);
    expect(reason(last.sign.serial)).toBe("cessationOfOperation");
  });

  it("are saved with the register", async () => {
    await add("iphone");
    const world = { jpki, clock, random: (await testService()).random };
    const opened = MunicipalOffice.restore(JSON.parse(JSON.stringify(office.state)), world);
    expect(opened.file(resident)).toEqual(office.file(resident));
  });
});

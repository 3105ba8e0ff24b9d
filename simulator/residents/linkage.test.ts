import { beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../clock.ts";
import { MINUTE, testService } from "../pki/testing/world.ts";
import { certificateLinkage, type Linkage } from "./linkage.ts";
import { type IssuedCard, MunicipalOffice } from "./office.ts";
import type { Resident } from "./resident.ts";

let clock: LabClock;
let office: MunicipalOffice;
let linkage: Linkage;
let resident: Resident;
let card: IssuedCard;
let sign: number;

beforeEach(async () => {
  const world = await testService();
  clock = world.clock;
  office = new MunicipalOffice(world);
  linkage = certificateLinkage({ office, ...world });
  resident = office.register("adult");
  card = await office.issueCard(resident);
  sign = card.signSerial ?? 0;
});

const pending = expect.objectContaining({ code: "PKI_LINKAGE_PENDING" });

describe("linkage", () => {
  it("PK-03: has to wait for 90 minutes, to the millisecond, and says until when", () => {
    expect(() => linkage.counterpart(card.authSerial)).toThrow(
      expect.objectContaining({
        code: "PKI_LINKAGE_PENDING",
        message: expect.stringContaining("2026-08-07T02:30:00"),
      }),
    );
    clock.advance(90 * MINUTE - 1);
    expect(() => linkage.counterpart(card.authSerial)).toThrow(pending);

    clock.advance(1);

    expect(linkage.counterpart(card.authSerial)).toBe(sign);
    expect(linkage.counterpart(sign)).toBe(card.authSerial);
  });

  it("PK-02: leads from an old certificate to the new one of the same person, and back", async () => {
    clock.advance(100 * MINUTE);
    const { certificates } = await office.renew(resident);
    const fresh = certificates.auth?.serial ?? 0;

    // The renewal is not in the data yet: the old one still looks like the newest.
    expect(linkage.newest(card.authSerial)).toBe(card.authSerial);
    expect(() => linkage.previous(fresh)).toThrow(pending);

    clock.advance(90 * MINUTE);
    expect(linkage.newest(card.authSerial)).toBe(fresh);
    expect(linkage.newest(fresh)).toBe(fresh);
    expect(linkage.previous(fresh)).toBe(card.authSerial);
    expect(linkage.previous(card.authSerial)).toBeUndefined();
    expect(linkage.samePerson(card.authSerial, fresh)).toBe(true);
    expect(linkage.samePerson(sign, fresh)).toBe(true);
  });

  it("goes on over a new card", async () => {
    office.lose(resident);
    const second = await office.issueCard(resident);
    clock.advance(90 * MINUTE);
    expect(linkage.newest(card.authSerial)).toBe(second.authSerial);
    expect(linkage.previous(second.signSerial ?? 0)).toBe(sign);
  });

  it("keeps cards and smartphones apart, and people", async () => {
    const { certificates } = await office.smartphones.add(resident, "android");
    const other = await office.issueCard(office.register("adult"));
    clock.advance(90 * MINUTE);

    const phone = certificates.auth?.serial ?? 0;
    expect(linkage.counterpart(phone)).toBe(certificates.sign?.serial);
    expect(linkage.newest(card.authSerial)).toBe(card.authSerial);
    expect(linkage.previous(phone)).toBeUndefined();
    expect(linkage.samePerson(card.authSerial, phone)).toBe(true);
    expect(linkage.samePerson(card.authSerial, other.authSerial)).toBe(false);
  });

  it("knows nothing to go with a lone 利用者証明用 certificate, nor numbers nobody has", async () => {
    const child = await office.issueCard(office.register("child"));
    clock.advance(90 * MINUTE);
    expect(linkage.counterpart(child.authSerial)).toBeUndefined();
    expect(() => linkage.newest(1)).toThrow(
      expect.objectContaining({ code: "PKI_SERIAL_UNKNOWN" }),
    );
  });
});

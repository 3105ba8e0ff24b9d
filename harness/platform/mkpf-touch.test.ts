import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CounterCardReader } from "../../simulator/platform/mkpf/counter/card-reader.ts";
import {
  FIRST_CERTIFICATE,
  FIRST_SERIAL,
  RENEWED_CERTIFICATE,
  RENEWED_SERIAL,
} from "../../simulator/platform/testing/certificates.ts";
import { NOON, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import { MkpfWorld, YEARS_AGO } from "./testing/mkpf.ts";
import { backAt, readCard, register, TARO, touch } from "./testing/mkpf-visits.ts";

let world: MkpfWorld;

beforeEach(async () => {
  world = await MkpfWorld.open();
});
afterEach(() => world.close());

describe("MKPF 類型①: かざし利用", () => {
  it("finds the registered person without PIN, with the birth date MKPF kept (MK-01)", async () => {
    const system = await world.library();
    const { visitor } = await register(world.display(), system, { attributes: true });
    const screen = world.display();
    const visit = await system.begin({ mode: "touch" });
    await screen.open(visit.url);
    expect(await screen.handInCertificate(FIRST_CERTIFICATE)).toEqual({ birthDateKey: "020102" });
    const back = backAt(await screen.handInTouch(FIRST_CERTIFICATE, "genuine"));
    const touched = await system.finish(back, visit);
    expect(touched.visitor).toEqual({ ppid: visitor.ppid, evidence: OCSP_EVIDENCE });
  });

  it("asks for a registration first from a person nobody registered (KZ-12)", async () => {
    await expect(touch(world.display(), await world.library())).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "REGISTRATION_REQUIRED",
    });
  });

  it("asks for it at each system: another one's registration does not count", async () => {
    await register(world.display(), await world.library());
    const other = await world.library("http://127.0.0.1:2/callback");
    await expect(touch(world.display(), other)).rejects.toMatchObject({
      detail: "REGISTRATION_REQUIRED",
    });
  });

  it("refuses a copied certificate on a card that cannot prove itself, though OCSP says good (CR-31)", async () => {
    const system = await world.library();
    await register(world.display(), system);
    await expect(touch(world.display(), system, { authenticity: "failed" })).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "CARD_NOT_GENUINE",
    });
  });

  it("refuses the card of before the renewal, and follows the linkage to the new one (MK-14)", async () => {
    const system = await world.library();
    const { visitor } = await register(world.display(), system);
    world.people.persons.set(RENEWED_SERIAL, {
      person: "person-1",
      issuedAt: NOON,
      previous: FIRST_SERIAL,
    });
    world.checker.answer = ({ certificate }) =>
      Buffer.from(certificate).equals(Buffer.from(RENEWED_CERTIFICATE))
        ? { verdict: "valid", evidence: OCSP_EVIDENCE }
        : { verdict: "revoked", reason: "superseded", revokedAt: NOON, evidence: OCSP_EVIDENCE };
    await expect(touch(world.display(), system)).rejects.toMatchObject({ detail: "REVOKED" });
    const renewed = { certificate: RENEWED_CERTIFICATE };
    await expect(touch(world.display(), system, renewed)).rejects.toMatchObject({
      detail: "LINKAGE_PENDING",
    });
    world.clock.advance(90 * 60_000);
    expect((await touch(world.display(), system, renewed)).visitor.ppid).toBe(visitor.ppid);
  });

  it("wants a new registration after a renewal where PPIDs are renewed too", async () => {
    await world.start({ profile: { rules: { ppidOnRenewal: "new" } } });
    const system = await world.library();
    await register(world.display(), system);
    world.people.persons.set(RENEWED_SERIAL, { person: "person-1", issuedAt: YEARS_AGO });
    const renewed = { certificate: RENEWED_CERTIFICATE };
    await expect(touch(world.display(), system, renewed)).rejects.toMatchObject({
      detail: "REGISTRATION_REQUIRED",
    });
  });
});

describe("MKPF 類型①: a person at the browser, with a card reader lent by the lab", () => {
  const asked: unknown[] = [];
  const reader: CounterCardReader = {
    cards: () => [{ id: "R0001-1", label: "R0001 <試験> 太郎" }],
    certificate: async () => FIRST_CERTIFICATE,
    register: async (card, pins, challenge) => {
      asked.push({ card, pins });
      if (pins.auth !== "1234") return { trouble: "暗証番号が違います（残り2回） / wrong PIN" };
      const { signature } = readCard({ step: "card", mode: "register", challenge });
      return { certificate: FIRST_CERTIFICATE, signature, attributes: TARO };
    },
    authenticate: async (_card, birthDateKey) => birthDateKey === "020102",
  };

  it("registers and touches by the forms of the page, and can mistype the PIN", async () => {
    await world.start({ reader });
    const system = await world.library();
    const visit = await system.begin({ mode: "register" });
    const screen = world.display();
    await screen.open(visit.url);
    expect(screen.html).toContain("R0001 &lt;試験&gt; 太郎");
    expect(await screen.pick("R0001-1", { auth: "0000", text: "1234" })).toMatchObject({
      step: "card",
    });
    expect(await screen.pick("R0001-1", { auth: "1234", text: "1234" })).toEqual({
      step: "consent",
    });
    const registered = await system.finish(backAt(await screen.decide("allow")), visit);
    expect(asked).toHaveLength(2);

    const second = await system.begin({ mode: "touch" });
    await screen.open(second.url);
    const touched = await system.finish(backAt(await screen.pick("R0001-1")), second);
    expect(touched.visitor.ppid).toBe(registered.visitor.ppid);
  });
});

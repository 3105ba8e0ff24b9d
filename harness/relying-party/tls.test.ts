import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../card/index.ts";
import { atCounter, onPhone } from "./excursions.ts";
import { openTown, type Town } from "./testing/town.ts";

let town: Town;

beforeAll(async () => {
  town = await openTown({ tls: true });
});
afterAll(() => town[Symbol.asyncDispose]());

describe("built-in relying parties beside platforms behind TLS", () => {
  it("believe the world's own web CA, the library and the window", async () => {
    expect(town.lab.addresses.mkpf.verification).toMatch(/^https:/);
    const card = await town.lab.issueCard("adult");
    const { library, counter } = town.systems;
    const linked = await library.linkPatron("10000017", town.visitor(card));
    expect(linked).toEqual({ done: true, patron: "10000017" });
    const lent = await library.lendByTouch("3100000017", town.visitor(card));
    expect(lent).toMatchObject({ done: true, mayHaveChanged: false });
    await counter.present(card.id);
    const pin = new Secret(card.pins.auth ?? "");
    expect(await counter.issueSealCertificate({ methods: "both", pin })).toMatchObject({
      done: true,
    });
  });

  it("and the portal, whose visitor's phone believes it, too", async () => {
    const { id } = await town.lab.issueCard("adult");
    const portal = town.systems.portal();
    const phone = onPhone({ card: id, ca: town.lab.webCa });
    expect(await portal.logIn(phone)).toEqual({ done: true, missing: [] });
    expect(await portal.sign("転居の届出", phone)).toMatchObject({ done: true });
  });

  it("while nobody else does", async () => {
    const browser = onPhone({ card: "R0001-1" });
    await expect(town.systems.portal().logIn(browser)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
    });
    const display = atCounter({
      card: undefined as never,
      trusted: [],
      nonce: () => new Uint8Array(),
    });
    await expect(town.systems.library.enrolPatron(display)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
    });
  });
});

/**
 * What the 4情報 provision service tells of residents (platform-facts 5.6): every state of consent, and
 * what becomes of it in a life.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../clock.ts";
import type { Lab, LabCard, LabClient } from "./index.ts";
import { openControlled } from "./testing/controlled.ts";

const YEAR = 365 * 24 * 60 * 60 * 1000;

let lab: Lab;
let client: LabClient;
let clock: LabClock;
let card: LabCard;
let resident: string;

beforeAll(async () => {
  ({ lab, client } = await openControlled({ seed: "population" }));
  ({ clock } = lab);
});

afterAll(() => lab?.close());

beforeEach(async () => {
  card = await lab.issueCard("adult");
  resident = card.resident.id;
});

const consent = (given: boolean) => client("setConsent", { resident, given });
const live = (event: "move" | "lose" | "renew" | "die" | "emigrate" | "add-android") =>
  client("lifeEvent", { id: resident, event });

async function ask(serial: string | undefined): Promise<Record<string, unknown>> {
  const certificate = Buffer.from(await client("downloadCertificate", { serial: serial ?? "" }));
  const response = await fetch(`${lab.addresses.attributeProvision}/attributes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ certificate: certificate.toString("base64") }),
  });
  return (await response.json()) as Record<string, unknown>;
}

const told = async (serial = card.authSerial) => (await ask(serial)).result;

describe("consent", () => {
  it("is none, given, withdrawn, given anew, and over after ten years", async () => {
    const states = [await told()];
    for (const given of [true, false, true]) {
      await consent(given);
      states.push(await told());
    }
    clock.advance(10 * YEAR + YEAR / 12);
    states.push(await told());
    clock.advance(-(10 * YEAR + YEAR / 12));
    expect(states).toEqual([
      "NO_CONSENT",
      "PROVIDED",
      "CONSENT_WITHDRAWN",
      "PROVIDED",
      "CONSENT_EXPIRED",
    ]);
  });

  it("is the person's: any certificate they have or had will do, revoked or not", async () => {
    await consent(true);
    await live("add-android");
    const { smartphone } = await client("getResident", { id: resident });
    await live("lose");
    for (const serial of [card.signSerial, smartphone?.authSerial, smartphone?.signSerial]) {
      expect(await told(serial)).toBe("PROVIDED");
    }
    expect(await client("getCertificate", { serial: card.authSerial })).toMatchObject({
      status: "revoked",
    });
    expect(await told()).toBe("PROVIDED");
  });

  it("outlives a renewal, by the old certificate and by the new one", async () => {
    await consent(true);
    const { card: renewed } = await live("renew");
    expect([await told(), await told(renewed?.authSerial)]).toEqual(["PROVIDED", "PROVIDED"]);
  });
});

describe("what is told", () => {
  it("is what the register says now, though the certificate says otherwise", async () => {
    await consent(true);
    const { address } = await live("move");
    expect(await ask(card.signSerial)).toMatchObject({ attributes: { address } });
  });

  it.each(["die", "emigrate"] as const)("is nothing after %s, consent or not", async (event) => {
    await consent(true);
    await live(event);
    expect(await ask(card.authSerial)).toMatchObject({ result: "NO_DATA" });
    await consent(false);
    expect(await told()).toBe("CONSENT_WITHDRAWN");
  });
});

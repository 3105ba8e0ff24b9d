/** The judge of the soak: it has to find what must not be, or a clean run means nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withTriesLeft } from "../../simulator/card/index.ts";
import { Lab, type LabCard } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";
import { Invariants } from "./invariants.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let lab: Lab;
let card: LabCard;
let invariants: Invariants;

beforeAll(async () => {
  lab = await Lab.open({ seed: "invariants", keys: cacheFolder("keys") });
  lab.clock.stop();
  card = await lab.issueCard("adult");
}, 60_000);

afterAll(() => lab?.close());

beforeEach(() => {
  invariants = new Invariants(lab);
});

const ago = (milliseconds: number) => new Date(lab.clock.now().getTime() - milliseconds);
const by = (age: number, method: "ocsp" | "crl" = "ocsp") =>
  method === "ocsp"
    ? ({ method, producedAt: ago(age), thisUpdate: ago(age) } as const)
    : ({ method, thisUpdate: ago(age), crlNumber: 1n } as const);

function certificateOf({ authSerial }: LabCard): Uint8Array {
  const serial = Number.parseInt(authSerial, 16);
  return lab.jpki.authorityOf(serial).find(serial).certificate;
}

const claim = (more: object = {}) => ({
  system: "library",
  certificate: certificateOf(card),
  evidence: by(MINUTE),
  person: "R0001",
  pseudonym: "p1",
  ...more,
});

describe("a valid that is right", () => {
  it("is no violation, nor is one by data that could not know better", async () => {
    invariants.validSaid(claim());
    invariants.validSaid(claim({ evidence: by(2 * DAY, "crl") }));
    const lost = await lab.issueCard("adult");
    const evidence = by(0);
    lab.clock.advance(MINUTE);
    lab.counter.lose(lost.resident);
    const certificate = certificateOf(lost);
    invariants.validSaid({ system: "s", certificate, evidence, person: lost.resident.id });
    expect(invariants.violations).toEqual([]);
  });
});

describe("a valid that is wrong", () => {
  it("is found where the certificate was revoked before", async () => {
    const lost = await lab.issueCard("adult");
    lab.counter.lose(lost.resident);
    lab.clock.advance(30 * MINUTE);
    invariants.validSaid(claim({ certificate: certificateOf(lost), person: lost.resident.id }));
    expect(invariants.violations).toEqual([
      expect.stringMatching(
        /^library said valid by ocsp: it was revoked before \(certificateHold\)/,
      ),
    ]);
  });

  it("is found where the data were too old to say so", () => {
    invariants.validSaid(claim({ evidence: by(61 * MINUTE) }));
    invariants.validSaid(claim({ evidence: by(4 * DAY, "crl") }));
    expect(invariants.violations).toHaveLength(2);
  });

  it("is found where the certificate has expired", () => {
    const now = lab.clock.now();
    lab.clock.advance(11 * 365 * DAY);
    invariants.validSaid(claim());
    lab.clock.travelTo(now);
    expect(invariants.violations).toEqual([expect.stringContaining("expired")]);
  });
});

describe("mistaken identity", () => {
  it("is found: two pseudonyms for a person, and two people with one", () => {
    invariants.validSaid(claim());
    invariants.validSaid(claim({ pseudonym: "p2" }));
    invariants.validSaid(claim({ person: "R0002" }));
    expect(invariants.violations).toEqual([
      "library has two pseudonyms for R0001",
      "library takes R0002 for R0001",
    ]);
    invariants.validSaid(claim({ system: "gym", pseudonym: "p9" }));
    expect(invariants.violations).toHaveLength(2);
  });
});

describe("PINs", () => {
  it("are found sent again, and tries gone that nobody mistyped", () => {
    invariants.pinsSent(1, 1);
    invariants.pinsSent(0, 1);
    invariants.triesLeft(card.card, 3, 0);
    expect(invariants.violations).toEqual([]);

    invariants.pinsSent(2, 1);
    card.card.alter((image) => withTriesLeft(image, "auth", 2));
    invariants.triesLeft(card.card, 3, 1);
    invariants.triesLeft(card.card, 3, 0);
    expect(invariants.violations).toEqual([
      "2 VERIFY were sent for 1 PINs that were typed",
      "2 tries are left of 3 after 0 wrong PINs",
    ]);
  });
});

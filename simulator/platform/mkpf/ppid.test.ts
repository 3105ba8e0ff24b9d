import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOON } from "../testing/world.ts";
import { type PpidGrant, PpidLedger } from "./ppid.ts";
import { parseMkpfProfile } from "./profile.ts";
import type { StoredSystem } from "./state.ts";

type Rule = "keep" | "new" | "keep-after-delay";

const ledgerWith = (ppidOnRenewal: Rule) =>
  new PpidLedger(parseMkpfProfile({ rules: { ppidOnRenewal } }).rules, []);

function system(clientId: string, secretByte = clientId): StoredSystem {
  const ppidSecret = Buffer.from(secretByte).toString("hex").toUpperCase().padEnd(64, "0");
  const publicJwk = { kty: "EC" };
  return { clientId, ppidSecret, publicJwk, name: clientId, type: "mkpf-2", redirectUris: [] };
}

const LIBRARY = system("library");
const DESK = system("desk");
const LONG_AGO = new Date("2029-01-01T00:00:00Z");

const ppidOf = (grant: PpidGrant) => ("ppid" in grant ? grant.ppid : undefined);

const person = fc.uuid();
const serial = fc.stringMatching(/^[0-9A-F]{8}$/);

describe("PPID", () => {
  it("is HMAC-SHA-256 of the person under the system's secret", () => {
    // echo -n person-1 | openssl dgst -sha256 -mac HMAC -macopt hexkey:6C69627261727900...00 (32 bytes)
    const grant = ledgerWith("keep").grant({
      system: LIBRARY,
      serial: "01",
      linked: { person: "person-1", issuedAt: LONG_AGO },
      now: NOON,
    });
    expect(ppidOf(grant)).toBe("s7ax-gDGOO8ax5PMr_WeYSrxiD7wJDYFrUcFHb71CbM");
  });

  it("differs between systems and between persons, and stays the same for each pair", () => {
    const persons = fc.uniqueArray(person, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(persons, serial, (everyone, shown) => {
        const ledger = ledgerWith("keep");
        const given = new Set<string>();
        for (const system of [LIBRARY, DESK]) {
          for (const one of everyone) {
            const linked = { person: one, issuedAt: LONG_AGO };
            const request = { system, serial: shown, linked, now: NOON };
            const first = ppidOf(ledger.grant(request));
            expect(ledger.grant(request)).toEqual({ ppid: first, registration: "known" });
            given.add(first ?? "none");
          }
        }
        expect(given.size).toBe(everyone.length * 2);
        expect(ledger.all()).toHaveLength(everyone.length * 2);
      }),
    );
  });

  it("is kept once a pair, whatever the rule and however often certificates change", () => {
    const rules = fc.constantFrom<Rule>("keep", "new", "keep-after-delay");
    fc.assert(
      fc.property(rules, person, fc.array(serial, { minLength: 1 }), (rule, one, serials) => {
        const ledger = ledgerWith(rule);
        for (const shown of serials) {
          const linked = { person: one, issuedAt: LONG_AGO };
          ledger.grant({ system: LIBRARY, serial: shown, linked, now: NOON });
        }
        expect(ledger.all()).toHaveLength(1);
      }),
    );
  });

  it("is not found by another system", () => {
    const ledger = ledgerWith("keep");
    const linked = { person: "person-1", issuedAt: LONG_AGO };
    const ppid = ppidOf(ledger.grant({ system: LIBRARY, serial: "01", linked, now: NOON })) ?? "";
    expect(ledger.find("library", ppid)?.person).toBe("person-1");
    expect(ledger.find("desk", ppid)).toBeUndefined();
  });
});

describe("PPID when the certificate is renewed (MK-13)", () => {
  const issuedAt = new Date(NOON.getTime() - 10 * 60_000);
  const later = new Date(NOON.getTime() + 80 * 60_000);
  const renewal = (now: Date) => ({
    system: LIBRARY,
    serial: "02",
    linked: { person: "person-1", issuedAt, previous: "01" },
    now,
  });

  function registered(rule: Rule) {
    const ledger = ledgerWith(rule);
    const linked = { person: "person-1", issuedAt: LONG_AGO };
    const first = ledger.grant({ system: LIBRARY, serial: "01", linked, now: LONG_AGO });
    return { ledger, ppid: ppidOf(first) };
  }

  it("keep: the same at once", () => {
    const { ledger, ppid } = registered("keep");
    expect(ledger.grant(renewal(NOON))).toEqual({ ppid, registration: "known" });
    expect(ledger.all()[0]).toMatchObject({ serial: "02", registeredAt: LONG_AGO });
  });

  it("keep-after-delay: pending until 90 minutes after issue, then the same", () => {
    const { ledger, ppid } = registered("keep-after-delay");
    expect(ledger.grant(renewal(NOON))).toEqual({ pendingSeconds: 80 * 60 });
    expect(ledger.all()[0]).toMatchObject({ serial: "01" });
    expect(ledger.grant(renewal(later))).toEqual({ ppid, registration: "known" });
  });

  it("keep-after-delay: a newcomer with a fresh renewal waits too, and is registered once", () => {
    const ledger = ledgerWith("keep-after-delay");
    expect(ledger.grant(renewal(NOON))).toEqual({ pendingSeconds: 80 * 60 });
    expect(ledger.all()).toEqual([]);
    expect(ledger.grant(renewal(later))).toMatchObject({ registration: "new" });
  });

  it("new: another one, which takes the place of the first", () => {
    const { ledger, ppid } = registered("new");
    const grant = ledger.grant(renewal(NOON));
    expect(grant).toMatchObject({ registration: "replaced" });
    expect(ppidOf(grant)).not.toBe(ppid);
    expect(ledger.find("library", ppid ?? "")).toBeUndefined();
  });
});

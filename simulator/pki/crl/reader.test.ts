import { fromBER } from "asn1js";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { SimulatorError } from "../../errors.ts";
import { concat, fromHex } from "../../iso7816/index.ts";
import { critical, extension } from "../certificate/extensions.ts";
import { SHA256_WITH_RSA, signed } from "../certificate/profile.ts";
import { integer, octets, oid, sequence, set, tagged, taggedBytes, time } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import { type SigningKey, signingKey } from "../keys/keys.ts";
import { testWorld } from "../testing/world.ts";
import { makeCrl, readCrl } from "./crl.ts";
import { EntryIndex } from "./entry-index.ts";
import { paddingEntries } from "./padding.ts";
import { type ListHead, writeList } from "./writer.ts";

let key: SigningKey;
beforeAll(async () => {
  key = signingKey(await testWorld().keys.next());
});

const HEAD: ListHead = {
  issuer: sequence(),
  number: 1,
  thisUpdate: new Date("2026-08-06T15:00:00Z"),
  nextUpdate: new Date("2026-08-09T15:00:00Z"),
};
const REVOKED_AT = new Date("2026-08-01T00:00:00Z");
const NUMBER = extension(OID.crlNumber, integer(1));
const invalid = expect.objectContaining({ code: "PKI_INVALID" });

/** A list whose entries and extensions are written by a library, as oddly as wanted. */
function odd(entries: ReturnType<typeof sequence>[], extensions = [NUMBER], version = 1) {
  const body = sequence(
    integer(version),
    SHA256_WITH_RSA,
    sequence(),
    time(HEAD.thisUpdate),
    time(HEAD.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    tagged(0, sequence(...extensions)),
  );
  return signed(body, key);
}

const entry = (serial: bigint, ...extensions: ReturnType<typeof sequence>[]) =>
  sequence(
    integer(serial),
    time(REVOKED_AT),
    ...(extensions.length === 0 ? [] : [sequence(...extensions)]),
  );

const reasonOf = (code: number) =>
  sequence(oid(OID.crlReason), octets(Uint8Array.of(0x0a, 1, code)));

describe("the reader of lists", () => {
  it("finds what was written, in any order of numbers, and nothing else", () => {
    const serial = fc.integer({ min: 0x01000000, max: 0x7fffffff });
    fc.assert(
      fc.property(fc.uniqueArray(serial, { maxLength: 60 }), serial, (serials, other) => {
        const entries = serials.map((one, i) => ({
          serial: one,
          revokedAt: new Date(REVOKED_AT.getTime() + i * 1000),
          reason: i % 2 === 0 ? ("superseded" as const) : ("unspecified" as const),
        }));
        const list = readCrl(makeCrl(HEAD, entries, key));
        expect(list.size).toBe(serials.length);
        for (const { serial: one, ...rest } of entries)
          expect(list.find(BigInt(one))).toEqual(rest);
        expect(list.find(BigInt(other)) === undefined).toBe(!serials.includes(other));
      }),
      { numRuns: 30 },
    );
  });

  it("reads serial numbers of every length", async () => {
    const serials = [1n, 127n, 128n, 255n, 0x7fffffn, 0xffffffffn, 1n << 32n, 1n << 150n];
    const list = readCrl(await odd(serials.map((serial) => entry(serial))));
    expect(list.size).toBe(serials.length);
    for (const serial of serials)
      expect(list.find(serial)).toMatchObject({ revokedAt: REVOKED_AT });
    expect(list.find(2n)).toBeUndefined();
    expect(list.find(-1n)).toBeUndefined();
  });

  it("finds a reason among other extensions, and does without one", async () => {
    const invalidity = extension("2.5.29.24", time(REVOKED_AT));
    const list = readCrl(
      await odd([
        entry(1n, invalidity, reasonOf(1)),
        entry(2n, invalidity),
        entry(3n, reasonOf(5)),
      ]),
    );
    expect([1n, 2n, 3n].map((serial) => list.find(serial)?.reason)).toEqual([
      "keyCompromise",
      "unspecified",
      "cessationOfOperation",
    ]);
  });

  it("does not pass on removeFromCRL, which JPKI never uses", async () => {
    for (const list of [
      readCrl(await odd([entry(1n, reasonOf(8))])),
      readCrl(await odd([entry(1n, reasonOf(8), extension("2.5.29.24", time(REVOKED_AT)))])),
    ]) {
      expect(() => list.find(1n)).toThrow(invalid);
    }
  });

  it("refuses a list with a critical extension it does not understand", async () => {
    const strange = critical("2.5.29.27", integer(1));
    await expect(odd([], [NUMBER, strange]).then(readCrl)).rejects.toThrow(invalid);
    const certificateIssuer = critical("2.5.29.29", sequence());
    await expect(odd([entry(1n, certificateIssuer)]).then(readCrl)).rejects.toThrow(invalid);
  });

  it("refuses a list whose extensions it cannot read, whatever they would have said", async () => {
    const nonsense = critical("2.5.29.28", integer(1));
    const cutOff = sequence(oid("2.5.29.28"), octets(fromHex("3005A003")));
    for (const point of [nonsense, cutOff]) {
      await expect(odd([], [NUMBER, point]).then(readCrl)).rejects.toThrow(invalid);
    }
  });

  it("reads the name of its place, whole or relative to the issuer's, and its other limits", async () => {
    const step = sequence(oid("2.5.4.3"), octets(fromHex("00")));
    const name = sequence(set(step));
    const scopeOf = async (...point: ReturnType<typeof sequence>[]) => {
      const list = readCrl(await odd([], [NUMBER, critical("2.5.29.28", sequence(...point))]));
      return list.scope;
    };
    const everything = { only: undefined, indirect: false, someReasons: false };
    for (const named of [tagged(0, tagged(4, name)), tagged(1, step)]) {
      expect(await scopeOf(tagged(0, named))).toEqual({
        ...everything,
        distributionPoints: [name],
      });
    }
    const byUrl = tagged(0, tagged(0, taggedBytes(6, fromHex("61"))));
    expect(await scopeOf(byUrl)).toEqual({ ...everything, distributionPoints: [] });
    const yes = fromHex("FF");
    expect(await scopeOf(taggedBytes(1, yes))).toEqual({ ...everything, only: "users" });
    expect(await scopeOf(taggedBytes(2, yes))).toEqual({ ...everything, only: "cas" });
    expect(await scopeOf(taggedBytes(5, yes))).toEqual({ ...everything, only: "attributes" });
    expect(await scopeOf(taggedBytes(4, yes))).toEqual({ ...everything, indirect: true });
    const compromised = fromHex("0640");
    expect(await scopeOf(taggedBytes(3, compromised))).toEqual({
      ...everything,
      someReasons: true,
    });
  });

  it("refuses a time that is none in an extension, as everything that is none", async () => {
    // GeneralizedTime of one byte where the reason should be: asn1js throws an error of no kind.
    const reason = sequence(oid(OID.crlReason), octets(fromHex("180101")));
    const list = odd([entry(1n, reason)]).then(readCrl);
    await expect(list.then((one) => one.find(1n))).rejects.toThrow(invalid);
    const invalidity = sequence(oid("2.5.29.24"), fromHex("180101"));
    await expect(odd([entry(1n, invalidity)]).then(readCrl)).rejects.toThrow(invalid);
  });

  it("refuses a list without a number, and one of another version", async () => {
    await expect(odd([], [extension("1.2.3", integer(1))]).then(readCrl)).rejects.toThrow(invalid);
    await expect(odd([], [NUMBER], 2).then(readCrl)).rejects.toThrow(invalid);
  });

  it("never fails in any other way than it says, whatever the bytes", () => {
    const whole = makeCrl(
      HEAD,
      [{ serial: 0x01020304, revokedAt: REVOKED_AT, reason: "superseded" }],
      key,
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = whole.with(place, (whole[place] ?? 0) ^ change);
        try {
          readCrl(damaged).find(0x01020304n);
        } catch (error) {
          expect(error).toBeInstanceOf(SimulatorError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("PK-13: refuses every list that was cut off", () => {
    const whole = makeCrl(
      HEAD,
      [{ serial: 0x01020304, revokedAt: REVOKED_AT, reason: "superseded" }],
      key,
    );
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => readCrl(whole.subarray(0, length))).toThrow(invalid);
    }
  });

  it("refuses lengths that are not DER", () => {
    for (const hex of ["3080", "308100", "30820001", "3086000000000000", "1F0100"]) {
      expect(() => readCrl(fromHex(hex))).toThrow(invalid);
    }
  });
});

describe("PK-16: a long list", () => {
  it("is read here and stops a library at its limit of objects", () => {
    const until = HEAD.thisUpdate;
    const columns = paddingEntries(12_000, "long", { from: until, until });
    const der = concat(...writeList(HEAD, columns, key).chunks);

    const list = readCrl(der);

    expect(list.size).toBe(12_000);
    const [first = 0] = columns.serials;
    expect(list.find(BigInt(first))).toMatchObject({ revokedAt: until });
    expect(list.find(BigInt(first) - 1n)).toBeUndefined();
    expect(fromBER(der).offset).toBe(-1);
  });
});

describe("the index", () => {
  it("agrees with a map, sorted or not, with room or without", () => {
    const serial = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(
        fc.uniqueArray(serial, { maxLength: 300 }),
        fc.boolean(),
        fc.nat(300),
        (serials, sorted, room) => {
          const added = sorted ? serials.toSorted((a, b) => a - b) : serials;
          const index = new EntryIndex(room);
          for (const [i, one] of added.entries()) index.add(one, i * 1000, i % 7);
          index.finish();
          expect(index.size).toBe(added.length);
          for (const [i, one] of added.entries()) {
            const row = index.find(BigInt(one)) ?? -1;
            expect([index.revokedAt(row), index.reason(row)]).toEqual([i * 1000, i % 7]);
            if (!serials.includes(one + 1)) expect(index.find(BigInt(one) + 1n)).toBeUndefined();
          }
        },
      ),
    );
  });

  it("finds the first of several with one number", () => {
    const index = new EntryIndex(3);
    for (const [serial, revokedAt] of [
      [9, 1],
      [5, 2],
      [5, 3],
    ] as const) {
      index.add(serial, revokedAt, 0);
    }
    index.finish();
    expect(index.revokedAt(index.find(5n) ?? -1)).toBe(2);
  });
});

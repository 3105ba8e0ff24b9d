import { Enumerated } from "asn1js";
import fc from "fast-check";
import { CertificateRevocationList } from "pkijs";
import { beforeAll, describe, expect, it } from "vitest";
import { SimulatorError } from "../../errors.ts";
import { concat, fromHex, toHex } from "../../iso7816/index.ts";
import { REASON_CODE } from "../authority/revocation.ts";
import { type CertificateView, readCertificate } from "../certificate/certificate.ts";
import { derObject } from "../der/der.ts";
import type { SigningKey } from "../keys/keys.ts";
import type { RevocationReason } from "../status.ts";
import { testService } from "../testing/world.ts";
import { makeCrl, readCrl } from "./crl.ts";
import { paddingEntries } from "./padding.ts";
import { ListParser } from "./parser.ts";
import { readCrlStream } from "./stream.ts";
import { type ListHead, writeList } from "./writer.ts";

let ca: CertificateView;
let other: CertificateView;
let key: SigningKey;
let head: ListHead;
beforeAll(async () => {
  const { jpki } = await testService();
  ca = readCertificate(jpki.auth.authority.certificate.der);
  other = readCertificate(jpki.sign.authority.certificate.der);
  key = jpki.auth.authority.key;
  head = {
    issuer: ca.subject,
    number: 300,
    thisUpdate: new Date("2026-08-06T15:00:00Z"),
    nextUpdate: new Date("2026-08-09T15:00:00Z"),
  };
});

const REASONS = Object.keys(REASON_CODE) as RevocationReason[];
const FIRST = 0x01000000;
/** Entries with every reason, in no order of numbers, some with GeneralizedTime. */
const ENTRIES = Array.from({ length: 30 }, (_, i) => ({
  serial: FIRST + ((i * 7) % 30),
  revokedAt: new Date(Date.UTC(2026 + i, 7, 1, 2, 3, i)),
  reason: REASONS[i % REASONS.length] ?? "unspecified",
}));

/** Cut at these places, every piece in the same memory as the one before. */
function* pieces(bytes: Uint8Array, cuts: readonly number[]): Generator<Uint8Array> {
  const memory = new Uint8Array(bytes.length);
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  for (const [i, to] of places.slice(1).entries()) {
    const piece = bytes.subarray(places[i], to);
    memory.fill(0xff).set(piece);
    yield memory.subarray(0, piece.length);
  }
}

const cuts = fc.array(fc.nat(), { maxLength: 40 });
const oneByOne = (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte));
const invalid = expect.objectContaining({ code: "PKI_INVALID" });

describe("a list that comes in pieces", () => {
  it("says the same wherever it is cut", async () => {
    const der = makeCrl(head, ENTRIES, key);
    const { toBeSigned, algorithm, signature, find, ...whole } = readCrl(der);
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const list = await readCrlStream(pieces(der, places), ca);
        expect(list).toMatchObject(whole);
        for (const { serial, ...entry } of ENTRIES) {
          expect(list.find(BigInt(serial))).toEqual(entry);
        }
        expect(list.find(BigInt(FIRST - 1))).toBeUndefined();
        expect(list.find(BigInt(FIRST + 30))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it("may come byte by byte, with entries or without", async () => {
    for (const entries of [ENTRIES, []]) {
      const list = await readCrlStream(oneByOne(makeCrl(head, entries, key)), ca);
      expect(list.size).toBe(entries.length);
    }
  });

  it("says what pkijs reads in it", async () => {
    const der = makeCrl(head, ENTRIES, key);
    const theirs = CertificateRevocationList.fromBER(der).revokedCertificates ?? [];
    const list = await readCrlStream(pieces(der, [100, 333, 777]), ca);
    expect(list.size).toBe(theirs.length);
    for (const { userCertificate, revocationDate, crlEntryExtensions } of theirs) {
      const code = crlEntryExtensions?.extensions[0]?.parsedValue;
      const reason = REASONS[code instanceof Enumerated ? code.valueBlock.valueDec : 0];
      const expected = { revokedAt: revocationDate.value, reason };
      expect(list.find(userCertificate.toBigInt())).toEqual(expected);
    }
  });

  it("is longer than any piece, sorted or not", async () => {
    const columns = paddingEntries(40_000, "stream", {
      from: head.thisUpdate,
      until: head.nextUpdate,
    });
    for (const serials of [columns.serials, columns.serials.toReversed()]) {
      const list = await readCrlStream(writeList(head, { ...columns, serials }, key).chunks, ca);
      expect(list.size).toBe(40_000);
      expect(list.find(BigInt(serials[5] ?? 0))?.revokedAt.getTime()).toBe(
        (columns.revokedAt[5] ?? 0) * 1000,
      );
    }
  });
});

describe("nothing in it is believed", () => {
  it("when any byte of it was changed", async () => {
    const der = makeCrl(head, ENTRIES.slice(0, 3), key);
    const change = fc.integer({ min: 1, max: 255 });
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), change, cuts, async (place, bits, places) => {
        const damaged = der.with(place, (der[place] ?? 0) ^ bits);
        const read = readCrlStream(pieces(damaged, places), ca);
        await expect(read).rejects.toBeInstanceOf(SimulatorError);
      }),
      { numRuns: 300 },
    );
  });

  it("when the last byte of the signature is wrong, and nothing else", async () => {
    const der = makeCrl(head, ENTRIES, key);
    const forged = der.with(-1, (der.at(-1) ?? 0) ^ 1);
    const wrong = expect.objectContaining({ problem: "signature" });
    await expect(readCrlStream([forged], ca)).rejects.toThrow(wrong);
  });

  it("when it is of another CA", async () => {
    const wrong = expect.objectContaining({ problem: "otherList" });
    await expect(readCrlStream([makeCrl(head, [], key)], other)).rejects.toThrow(wrong);
  });

  it("PK-13: when it was cut off, wherever, or goes on", async () => {
    const der = makeCrl(head, ENTRIES.slice(0, 2), key);
    for (let length = 0; length < der.length; length += 1) {
      const half = length >> 1;
      const read = readCrlStream([der.subarray(0, half), der.subarray(half, length)], ca);
      await expect(read).rejects.toThrow(invalid);
    }
    await expect(readCrlStream([der, Uint8Array.of(0)], ca)).rejects.toThrow(invalid);
  });
});

describe("the parser", () => {
  it("hands on what is signed, every byte once and in order", () => {
    const der = makeCrl(head, ENTRIES, key);
    fc.assert(
      fc.property(cuts, (places) => {
        const signed: Uint8Array[] = [];
        const parser = new ListParser((piece) => signed.push(Uint8Array.from(piece)));
        for (const piece of pieces(der, places)) parser.push(piece);
        parser.finish();
        expect(toHex(concat(...signed))).toBe(toHex(readCrl(der).toBeSigned));
      }),
      { numRuns: 50 },
    );
  });

  it("refuses an endless name instead of waiting for its end", () => {
    // A list, its version and algorithm, and a name of 16 MB.
    const parser = new ListParser();
    parser.push(fromHex("3084020000003083FFFFFF020101300D06092A864886F70D01010B05003083FFFF00"));
    const push = () => {
      for (let i = 0; i < 100; i += 1) parser.push(new Uint8Array(1000));
    };
    expect(push).toThrow(invalid);
  });

  it("says where in the whole list something is wrong", () => {
    const der = makeCrl(head, ENTRIES, key);
    const place = der.length - 700;
    const parser = new ListParser();
    parser.push(der.subarray(0, place));
    const nonsense = derObject(0x04, new Uint8Array(50));
    expect(() => parser.push(nonsense)).toThrow(/counted from byte \d{3} of the list/);
  });
});

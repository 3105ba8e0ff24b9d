import { Enumerated, Integer, OctetString } from "asn1js";
import fc from "fast-check";
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  CertificateRevocationList,
  Extension,
  Extensions,
  RelativeDistinguishedNames,
  RevokedCertificate,
  Time,
} from "pkijs";
import { beforeAll, describe, expect, it } from "vitest";
import { concat, parseTlv, parseTlvs, toHex } from "../../iso7816/index.ts";
import { caName } from "../certificate/names.ts";
import { decode, encode } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import { type SigningKey, signingKey } from "../keys/keys.ts";
import { AUTH_CA, testWorld } from "../testing/world.ts";
import { readCrl, verifyCrl } from "./crl.ts";
import { type ListHead, type RevokedColumns, writeList } from "./writer.ts";

let key: SigningKey;
beforeAll(async () => {
  key = signingKey(await testWorld().keys.next());
});

const HEAD: ListHead = {
  issuer: caName(AUTH_CA),
  number: 70_000,
  thisUpdate: new Date("2026-08-06T15:00:00Z"),
  nextUpdate: new Date("2051-01-01T00:00:00Z"),
};

/** The same content as an independent library writes it, without a signature. */
function byPkijs(columns: RevokedColumns): Uint8Array {
  const list = new CertificateRevocationList();
  list.version = 1;
  list.signature = new AlgorithmIdentifier({
    algorithmId: OID.sha256WithRsa,
    algorithmParams: decode(Uint8Array.of(5, 0)),
  });
  list.issuer = new RelativeDistinguishedNames({ schema: decode(HEAD.issuer) });
  list.thisUpdate = new Time({ type: 0, value: HEAD.thisUpdate });
  list.nextUpdate = new Time({ type: 1, value: HEAD.nextUpdate });
  if (columns.serials.length > 0) {
    list.revokedCertificates = Array.from(columns.serials, (serial, i) =>
      entry(serial, columns, i),
    );
  }
  list.crlExtensions = new Extensions({
    extensions: [
      new Extension({
        extnID: OID.authorityKeyIdentifier,
        extnValue: new AuthorityKeyIdentifier({
          keyIdentifier: new OctetString({ valueHex: key.keyIdentifier }),
        })
          .toSchema()
          .toBER(),
      }),
      new Extension({
        extnID: OID.crlNumber,
        extnValue: Integer.fromBigInt(HEAD.number).toBER(),
      }),
    ],
  });
  // The only way to what it would sign.
  const whole = encode(list.toSchema(true));
  return parseTlv(whole).value.slice(0, parseTlvs(parseTlv(whole).value)[0]?.length);
}

function entry(serial: number, { revokedAt, reasons }: RevokedColumns, i: number) {
  const value = new Date((revokedAt[i] ?? 0) * 1000);
  const revoked = new RevokedCertificate({
    userCertificate: Integer.fromBigInt(serial),
    revocationDate: new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value }),
  });
  const reason = reasons[i] ?? 0;
  if (reason > 0) {
    const extnValue = new Enumerated({ value: reason }).toBER();
    const extensions = [new Extension({ extnID: OID.crlReason, extnValue })];
    revoked.crlEntryExtensions = new Extensions({ extensions });
  }
  return revoked;
}

const entries = fc.array(
  fc.record({
    serial: fc.integer({ min: 0x01000000, max: 0x7fffffff }),
    seconds: fc.integer({ min: 0, max: 0xffffffff }),
    reason: fc.integer({ min: 0, max: 6 }),
  }),
  { maxLength: 40 },
);

function columnsOf(list: { serial: number; seconds: number; reason: number }[]): RevokedColumns {
  return {
    serials: Uint32Array.from(list, ({ serial }) => serial),
    revokedAt: Uint32Array.from(list, ({ seconds }) => seconds),
    reasons: Uint8Array.from(list, ({ reason }) => reason),
  };
}

describe("the writer of lists", () => {
  it("writes byte for byte what pkijs writes", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const columns = columnsOf(list);
        const der = concat(...writeList(HEAD, columns, key).chunks);
        const [tbs] = parseTlvs(parseTlv(der).value);
        const content = parseTlv(der).value.slice(0, tbs?.length);
        expect(toHex(content)).toBe(toHex(byPkijs(columns)));
      }),
      { numRuns: 40 },
    );
  });

  it("knows how long a list will be, and signs it", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const { length, chunks } = writeList(HEAD, columnsOf(list), key);
        const der = concat(...chunks);
        expect(der).toHaveLength(length);
        expect(verifyCrl(readCrl(der), key.publicKey)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it("can be read again from the beginning", () => {
    const { chunks } = writeList(HEAD, columnsOf([]), key);
    expect(concat(...chunks)).toEqual(concat(...chunks));
  });

  it("refuses numbers that have not four bytes, and columns that do not match", () => {
    const one = columnsOf([{ serial: 0x01000000, seconds: 0, reason: 0 }]);
    const wide = { ...one, serials: Uint32Array.of(0x80000000) };
    const narrow = { ...one, serials: Uint32Array.of(1) };
    for (const columns of [wide, narrow]) {
      expect(() => concat(...writeList(HEAD, columns, key).chunks)).toThrow(
        expect.objectContaining({ code: "PKI_INVALID" }),
      );
    }
    expect(() => writeList(HEAD, { ...one, reasons: new Uint8Array(2) }, key)).toThrow(
      expect.objectContaining({ code: "PKI_INVALID" }),
    );
  });
});

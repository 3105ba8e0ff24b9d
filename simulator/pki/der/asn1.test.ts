import {
  type BaseBlock,
  BitString,
  Boolean as BooleanBlock,
  Enumerated,
  GeneralizedTime,
  IA5String,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as SetBlock,
  UTCTime,
  Utf8String,
} from "asn1js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../iso7816/index.ts";
import {
  bits,
  boolean,
  decode,
  encode,
  enumerated,
  generalizedTime,
  ia5,
  integer,
  nothing,
  octets,
  oid,
  printable,
  sequence,
  set,
  tagAs,
  tagged,
  taggedBytes,
  time,
  utf8,
} from "./asn1.ts";
import { OID, PERSONAL } from "./oids.ts";

/** Both ways of writing the same, in hexadecimal. */
const same = (ours: Uint8Array, theirs: BaseBlock) =>
  expect(toHex(ours)).toBe(toHex(encode(theirs)));

const bytes = fc.uint8Array({ maxLength: 300 });

describe("what is written by hand", () => {
  it("is what asn1js writes: numbers of any size and sign", () => {
    const edges = [0n, 1n, 127n, 128n, 255n, 256n, 0x067c6a21n, 1n << 64n];
    for (const value of edges) same(integer(value), Integer.fromBigInt(value));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 170n }), (value) => {
        same(integer(value), Integer.fromBigInt(value));
      }),
    );
    // X.690 section 8.3: as few bytes as show the sign.
    expect([-1, -128, -129, -256].map((value) => toHex(integer(value)))).toEqual([
      "0201FF",
      "020180",
      "0202FF7F",
      "0202FF00",
    ]);
  });

  it("is what asn1js writes: texts, bytes and flags", () => {
    const value = "公的個人認証サービス";
    same(utf8(value), new Utf8String({ value }));
    same(printable("JP"), new PrintableString({ value: "JP" }));
    same(ia5("http://www.jpki.test/"), new IA5String({ value: "http://www.jpki.test/" }));
    same(boolean(true), new BooleanBlock({ value: true }));
    same(boolean(false), new BooleanBlock({ value: false }));
    same(nothing(), new Null());
    same(enumerated(6), new Enumerated({ value: 6 }));
    fc.assert(
      fc.property(bytes, (valueHex) => {
        same(octets(valueHex), new OctetString({ valueHex }));
        same(bits(valueHex), new BitString({ valueHex }));
      }),
    );
    expect(toHex(bits(Uint8Array.of(0x80), 7))).toBe("03020780");
  });

  it("is what asn1js writes: identifiers", () => {
    for (const value of [
      ...Object.values(OID),
      ...Object.values(PERSONAL),
      "2.999.3",
      "1.0",
      "0.39",
    ]) {
      same(oid(value), new ObjectIdentifier({ value }));
    }
    const arc = fc.array(fc.nat(0x7fffffff), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(2), fc.nat(39), arc, (first, second, rest) => {
        const value = [first, second, ...rest].join(".");
        same(oid(value), new ObjectIdentifier({ value }));
      }),
    );
  });

  it("is what asn1js writes: times in whole seconds", () => {
    const date = fc.date({
      min: new Date("1950-01-01"),
      max: new Date("2049-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (one) => {
        const valueDate = new Date(Math.floor(one.getTime() / 1000) * 1000);
        same(time(one), new UTCTime({ valueDate }));
        same(generalizedTime(one), new GeneralizedTime({ valueDate }));
      }),
    );
    // XS-04: UTCTime can say years up to 2049.
    expect(toHex(time(new Date("2049-12-31T23:59:59Z")).subarray(0, 2))).toBe("170D");
    expect(toHex(time(new Date("2050-01-01T00:00:00Z")).subarray(0, 2))).toBe("180F");
  });

  it("is what asn1js writes: lengths of every form, nested", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70_000 }), { maxLength: 4 }), (list) => {
        const theirs = () => list.map((valueHex) => new OctetString({ valueHex }));
        same(sequence(...list.map(octets)), new Sequence({ value: theirs() }));
        same(set(...list.map(octets)), new SetBlock({ value: theirs() }));
      }),
      { numRuns: 20 },
    );
  });

  it("has context tags as the standards write them", () => {
    expect(toHex(tagged(3, integer(1)))).toBe("A303020101");
    expect(toHex(taggedBytes(0, Uint8Array.of(1, 2)))).toBe("80020102");
    expect(toHex(tagAs(2, integer(0x067c6a21)))).toBe("8204067C6A21");
  });
});

describe("what is read", () => {
  it("is one object and nothing more", () => {
    expect(encode(decode(sequence(nothing())))).toEqual(sequence(nothing()));
    for (const wrong of [new Uint8Array(0), Uint8Array.of(0x30, 1), Uint8Array.of(5, 0, 0)]) {
      expect(() => decode(wrong)).toThrow(expect.objectContaining({ code: "PKI_INVALID" }));
    }
  });
});

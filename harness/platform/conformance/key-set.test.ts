import { describe, expect, it } from "vitest";
import { keySetBreaches } from "./key-set.ts";

/** RFC 7517 appendix A.1, without the use of the first key. */
const EC = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  kid: "1",
};
const RSA = {
  kty: "RSA",
  n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
  e: "AQAB",
  alg: "RS256",
  kid: "2011-04-29",
};

const told = (...keys: unknown[]) => keySetBreaches({ keys }).map(({ what }) => what);

describe("a key set", () => {
  it("without a fault", () => {
    expect(keySetBreaches({ keys: [EC, RSA] })).toEqual([]);
    expect(keySetBreaches({ keys: [{ ...EC, kid: undefined }] })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["a private key", { ...EC, d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE" }, "private"],
    [
      "a symmetric key",
      { kty: "oct", k: "AyM1SysPpbyDfgZld3umj1qzKObwVMko", kid: "1" },
      "symmetric",
    ],
    ["a key of no type", { ...EC, kty: undefined }, "of no type"],
    ["an alg for another type", { ...EC, alg: "RS256" }, "type its alg asks for"],
    ["a use of its own", { ...EC, use: "all" }, "unknown use"],
    ["a number for a kid", { ...EC, kid: 1 }, "kid that is no text"],
    ["a curve nobody knows", { ...EC, crv: "P-1" }, "unknown curve"],
    ["a short coordinate", { ...EC, x: EC.x.slice(2) }, "coordinates"],
    ["base64 with padding", { ...EC, y: `${EC.y}=` }, "coordinates"],
    ["a short modulus", { ...RSA, n: RSA.n.slice(0, 170) }, "2048 bits"],
    ["no exponent", { ...RSA, e: undefined }, "exponent"],
  ])("with %s", (_what, key, expected) => {
    expect(told(key)).toContainEqual(expect.stringContaining(expected));
  });

  it("with two keys of one kid, or none", () => {
    expect(told(EC, { ...RSA, kid: "1" })).toEqual(["two keys have one kid, or none"]);
    expect(told({ ...EC, kid: undefined }, { ...RSA, kid: undefined })).toHaveLength(1);
  });

  it("that is none", () => {
    for (const set of [undefined, [], {}, { keys: "none" }]) {
      expect(keySetBreaches(set)).toEqual([
        { what: "the key set has no list of keys", source: "RFC 7517 5.1" },
      ]);
    }
    expect(told()).toEqual(["the key set is empty"]);
    expect(told("a key")).toEqual(["key 0 is not a JSON object"]);
  });
});

import { describe, expect, it } from "vitest";
import { readCertificate } from "./certificate.ts";
import { FIRST_CERTIFICATE, FIRST_SERIAL } from "./testing/certificates.ts";

const base64 = (...parts: Uint8Array[]) => Buffer.concat(parts).toString("base64");

describe("a certificate from the wire", () => {
  it("gives its serial in whole bytes, upper case, and its dates", () => {
    const read = readCertificate(base64(FIRST_CERTIFICATE));
    expect(read.serial).toBe(FIRST_SERIAL);
    expect(read.der).toEqual(FIRST_CERTIFICATE);
    expect(read.notBefore).toEqual(new Date("2026-11-21T06:39:03Z"));
    expect(read.notAfter).toEqual(new Date("2036-11-18T06:39:03Z"));
    expect(read.publicKey.asymmetricKeyType).toBe("rsa");
  });

  /** One byte of the only occurrence of `header` and what stands behind it. */
  const spoiled = (header: readonly number[], place: number, value: number) => {
    const at = Buffer.from(FIRST_CERTIFICATE).indexOf(Uint8Array.from(header));
    return FIRST_CERTIFICATE.map((byte, i) => (i === at + place ? value : byte));
  };

  const misfits: Record<string, string> = {
    "text that is not base64": "certificate!",
    "base64url instead of base64": Buffer.from(FIRST_CERTIFICATE).toString("base64url"),
    "an empty text": "",
    "a PEM text": "-----BEGIN CERTIFICATE-----",
    "the padding of the card's file behind it": base64(FIRST_CERTIFICATE, new Uint8Array(8)),
    // UTCTime of 13 characters, "26…": the first becomes ">".
    "a date that is none": base64(spoiled([0x17, 0x0d, 0x32, 0x36], 2, 0x3e)),
    // SubjectPublicKeyInfo's BIT STRING of an RSA key, whose SEQUENCE becomes another type.
    "a public key that is none": base64(spoiled([0x03, 0x82, 0x01, 0x0f, 0x00, 0x30], 5, 0x31)),
    "a certificate cut short": base64(FIRST_CERTIFICATE.subarray(0, -1)),
  };
  for (const [what, text] of Object.entries(misfits)) {
    it(`refuses ${what}`, () => {
      expect(() => readCertificate(text)).toThrowError(
        expect.objectContaining({ code: "PKI_INVALID" }),
      );
    });
  }
});

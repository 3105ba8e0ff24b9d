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

  const misfits: Record<string, string> = {
    "text that is not base64": "certificate!",
    "base64url instead of base64": Buffer.from(FIRST_CERTIFICATE).toString("base64url"),
    "an empty text": "",
    "a PEM text": "-----BEGIN CERTIFICATE-----",
    "the padding of the card's file behind it": base64(FIRST_CERTIFICATE, new Uint8Array(8)),
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

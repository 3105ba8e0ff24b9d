/**
 * Checks what a key of the JPKI AP signed, RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2), with the public
 * key of its certificate. It says nothing about the certificate itself: issuer, validity and
 * revocation are to be checked apart.
 */
import { type KeyObject, X509Certificate } from "node:crypto";
import { dataError } from "./card-error.ts";
import { digestInfoOf, type ToSign } from "./digest-info.ts";
import { signs, signsBlock } from "./rsa-key.ts";

const PURPOSE = { ja: "署名の検証", en: "verify a signature" };

/** What was signed: the data themselves, under SHA-256, or what was given to the card to sign. */
export type Signed = { readonly data: Uint8Array } | ToSign;

/**
 * @param certificate DER
 * @throws CardError CARD_DATA_INVALID when the certificate cannot be read or its key is not RSA
 */
export function isSignedWith(
  certificate: Uint8Array,
  signed: Signed,
  signature: Uint8Array,
): boolean {
  const key = publicKeyOf(certificate);
  if ("data" in signed) return signs(key, signed.data, signature);
  return signsBlock(key, digestInfoOf(signed, PURPOSE), signature);
}

function publicKeyOf(certificate: Uint8Array): KeyObject {
  const key = readKey(certificate);
  if (key?.asymmetricKeyType === "rsa") return key;
  throw dataError(PURPOSE, {
    ja: "RSAの公開鍵をもつ証明書でない",
    en: "not a certificate with an RSA public key",
  });
}

function readKey(certificate: Uint8Array): KeyObject | undefined {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return undefined;
  }
}

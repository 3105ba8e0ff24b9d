/** Public keys and signatures the way the 券面 applications write them (card-facts 5.3 to 5.5). */
import { createPublicKey, type KeyObject, sign } from "node:crypto";
import { concat, encodeTlv } from "../iso7816/index.ts";
import { privateKeyOf, publicNumbers } from "./rsa.ts";

/** `90 03 01 00 01 91 82 01 00` and the modulus; 265 bytes. */
export function encodePublicKey(key: KeyObject): Uint8Array {
  const { n = "", e = "" } = key.export({ format: "jwk" });
  return concat(encodeTlv(0x90, fromBase64Url(e)), encodeTlv(0x91, fromBase64Url(n)));
}

/** The public half of a PKCS #8 private key. */
export function publicKeyOf(pkcs8: Uint8Array): KeyObject {
  const { modulus, exponent } = publicNumbers(pkcs8);
  const key = { kty: "RSA", n: toBase64Url(modulus), e: toBase64Url(exponent) };
  return createPublicKey({ key, format: "jwk" });
}

/** RSASSA-PKCS1-v1_5 with SHA-256 over the parts, one behind the other; 256 bytes. */
export function signParts(pkcs8: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(sign("sha256", concat(...parts), privateKeyOf(pkcs8)));
}

function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function fromBase64Url(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64url"));
}

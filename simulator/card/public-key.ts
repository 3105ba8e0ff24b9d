/** Public keys the way the 券面 applications write them (card-facts 5.3 to 5.5). */
import { createPublicKey, type KeyObject } from "node:crypto";
import { concat, encodeTlv } from "../iso7816/index.ts";
import { type PublicNumbers, publicNumbers } from "./rsa.ts";

/** `90 03 01 00 01 91 82 01 00` and the modulus; 265 bytes. */
export function encodePublicKey(key: KeyObject): Uint8Array {
  const known = encoded.get(key);
  if (known !== undefined) return known;
  const { n = "", e = "" } = key.export({ format: "jwk" });
  const made = encodeNumbers({ modulus: fromBase64Url(n), exponent: fromBase64Url(e) });
  encoded.set(key, made);
  return made;
}

/** The same of a PKCS #8 private key, without having node:crypto read it. */
export function encodePublicHalf(pkcs8: Uint8Array): Uint8Array {
  const known = halves.get(pkcs8);
  if (known !== undefined) return known;
  const made = encodeNumbers(publicNumbers(pkcs8));
  halves.set(pkcs8, made);
  return made;
}

function encodeNumbers({ modulus, exponent }: PublicNumbers): Uint8Array {
  return concat(encodeTlv(0x90, exponent), encodeTlv(0x91, modulus));
}

/** The public half of a PKCS #8 private key. */
export function publicKeyOf(pkcs8: Uint8Array): KeyObject {
  const known = publicKeys.get(pkcs8);
  if (known !== undefined) return known;
  const { modulus, exponent } = publicNumbers(pkcs8);
  const jwk = { kty: "RSA", n: toBase64Url(modulus), e: toBase64Url(exponent) };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  publicKeys.set(pkcs8, key);
  return key;
}

/** The keys of the issuer come again with every card. */
const publicKeys = new WeakMap<Uint8Array, KeyObject>();
const encoded = new WeakMap<KeyObject, Uint8Array>();
/** A card carries the public half of one key up to five times. */
const halves = new WeakMap<Uint8Array, Uint8Array>();

function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function fromBase64Url(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64url"));
}

/** Reading the card's files in tests, apart from the code that wrote them. */
import { createPublicKey, type KeyObject } from "node:crypto";

/** Cuts `bytes` into pieces of the given lengths; the last piece is what is left. */
export function cut(bytes: Uint8Array, ...lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const length of lengths) {
    pieces.push(bytes.slice(start, start + length));
    start += length;
  }
  return [...pieces, bytes.slice(start)];
}

/** The key in `90 03 01 00 01 91 82 01 00` and 256 bytes of modulus. */
export function publicKeyIn(encoded: Uint8Array): KeyObject {
  const n = Buffer.from(encoded.slice(9)).toString("base64url");
  return createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" });
}

export function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").toUpperCase();
}

/**
 * Card-verifiable certificates (card-facts 5.5): 568 bytes that bind a key id to a public key, signed
 * by the CA of an application. Terminals present one of the same make to the card (6.3).
 */
import type { KeyObject } from "node:crypto";
import { concat, encodeTlv, toHex } from "../iso7816/index.ts";
import { encodePublicKey } from "./public-key.ts";
import { signParts } from "./record-signature.ts";

export interface CvAuthority {
  /** Sixteen bytes, see `keyIdentifier`. */
  readonly keyId: Uint8Array;
  /** PKCS #8 DER, RSA-2048. */
  readonly privateKey: Uint8Array;
}

/** Body and signature without the outer object, as GET DATA 00F8 gives it. */
export function bareCvCertificate(
  issuer: CvAuthority,
  subject: Uint8Array,
  publicKey: KeyObject,
): Uint8Array {
  const body = concat(issuer.keyId, subject, encodePublicKey(publicKey));
  return concat(encodeTlv(0x5f4e, body), encodeTlv(0x5f37, signatureOn(body, issuer)));
}

/**
 * Signatures made, by the issuer's key: every card of a municipality carries the same certificates,
 * and a signature by PKCS #1 v1.5 is always the same.
 */
const made = new WeakMap<Uint8Array, Map<string, Uint8Array>>();

function signatureOn(body: Uint8Array, { privateKey }: CvAuthority): Uint8Array {
  const known = made.get(privateKey) ?? new Map<string, Uint8Array>();
  made.set(privateKey, known);
  const name = toHex(body);
  const signature = known.get(name) ?? signParts(privateKey, body);
  known.set(name, signature);
  return signature;
}

/**
 * A whole certificate, `7F 21 82 02 33` and on.
 *
 * @param subject key id of the holder of `publicKey`, sixteen bytes
 */
export function cvCertificate(
  issuer: CvAuthority,
  subject: Uint8Array,
  publicKey: KeyObject,
): Uint8Array {
  return encodeTlv(0x7f21, bareCvCertificate(issuer, subject, publicKey));
}

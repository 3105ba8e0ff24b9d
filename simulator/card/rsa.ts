/**
 * The card's RSA-2048 arithmetic, on top of node:crypto (RFC 8017). Modes of COMPUTE DIGITAL
 * SIGNATURE: card-facts 4.1.
 */
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
} from "node:crypto";
import { concat, fromHex } from "../iso7816/index.ts";
import { encodePss } from "./pss.ts";

/** Bytes of a modulus, and of every signature. */
export const MODULUS_BYTES = 256;
const PKCS1_MAX = MODULUS_BYTES - 11;
const HASH_BYTES = 32;
export const PSS_SALT_BYTES = 32;

const SHA256_DIGEST_INFO = fromHex("3031300D060960864801650304020105000420");

/** Parsing a key costs more than a short command; an image's key bytes never change in place. */
const parsed = new WeakMap<Uint8Array, KeyObject>();

export function privateKeyOf(pkcs8: Uint8Array): KeyObject {
  const known = parsed.get(pkcs8);
  if (known !== undefined) return known;
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  parsed.set(pkcs8, key);
  return key;
}

export function modulusOf(pkcs8: Uint8Array): bigint {
  const { n = "" } = privateKeyOf(pkcs8).export({ format: "jwk" });
  return BigInt(`0x${Buffer.from(n, "base64url").toString("hex")}`);
}

/** Whether these bytes are an RSA-2048 private key, PKCS #8 DER. */
export function isPrivateKey(pkcs8: Uint8Array): boolean {
  return isRsa2048(() => privateKeyOf(pkcs8));
}

/** SubjectPublicKeyInfo DER. */
export function publicKeyFrom(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
}

/** Whether these bytes are an RSA-2048 public key, SubjectPublicKeyInfo DER. */
export function isPublicKey(spki: Uint8Array): boolean {
  return isRsa2048(() => publicKeyFrom(spki));
}

function isRsa2048(parse: () => KeyObject): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = parse();
    return asymmetricKeyType === "rsa" && asymmetricKeyDetails?.modulusLength === 8 * MODULUS_BYTES;
  } catch {
    return false;
  }
}

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(
    createHash("sha256")
      .update(concat(...parts))
      .digest(),
  );
}

/** What one value of P1 makes of the command data. */
export interface SignatureMode {
  /** Lengths of command data the mode takes. */
  readonly min: number;
  readonly max: number;
  sign(key: KeyObject, data: Uint8Array, salt: Uint8Array): Uint8Array;
}

const digestInfo = (hash: Uint8Array) => concat(SHA256_DIGEST_INFO, hash);

function type1(key: KeyObject, block: Uint8Array): Uint8Array {
  return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, block));
}

function pss(key: KeyObject, hash: Uint8Array, salt: Uint8Array): Uint8Array {
  const block = encodePss(hash, salt, MODULUS_BYTES * 8 - 1);
  return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
}

/** By P1. */
export const SIGNATURE_MODES: readonly SignatureMode[] = [
  { min: 1, max: PKCS1_MAX, sign: type1 },
  { min: 1, max: 255, sign: (key, data) => type1(key, sha256(data)) },
  { min: HASH_BYTES, max: HASH_BYTES, sign: (key, hash) => type1(key, digestInfo(hash)) },
  { min: 1, max: 255, sign: (key, data) => type1(key, digestInfo(sha256(data))) },
  { min: HASH_BYTES, max: HASH_BYTES, sign: pss },
  { min: 1, max: 255, sign: (key, data, salt) => pss(key, sha256(data), salt) },
];

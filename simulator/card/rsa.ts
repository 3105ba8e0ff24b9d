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
import { CodecError } from "../errors.ts";
import { concat, equal, fromHex, parseTlv, parseTlvs } from "../iso7816/index.ts";
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
  return whole(publicNumbers(pkcs8).modulus);
}

/** Unsigned, most significant byte first. */
export interface PublicNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/**
 * What is public of a private key, read out of its DER: node:crypto takes 0.8 ms to get a key ready
 * to sign with, and a card is made with four that it will hardly ever use.
 *
 * @throws CodecError TLV_INVALID for what is not PKCS #8 DER
 */
export function publicNumbers(pkcs8: Uint8Array): PublicNumbers {
  const [, modulus = NOTHING, exponent = NOTHING] = keyNumbers(pkcs8);
  return { modulus: unsigned(modulus), exponent: unsigned(exponent) };
}

/** Whether these bytes are an RSA-2048 private key, PKCS #8 DER, whose primes make its modulus. */
export const isPrivateKey = rememberingSound((pkcs8) => {
  try {
    const [, modulus = NOTHING, , , p = NOTHING, q = NOTHING] = keyNumbers(pkcs8);
    const n = whole(modulus);
    return (
      unsigned(modulus).length === MODULUS_BYTES && n >> 2047n === 1n && whole(p) * whole(q) === n
    );
  } catch {
    return false;
  }
});

/** The keys of the issuer come again with every card, and need to be looked at once. */
function rememberingSound(isKey: (key: Uint8Array) => boolean): (key: Uint8Array) => boolean {
  const sound = new WeakSet<Uint8Array>();
  return (key) => {
    if (sound.has(key)) return true;
    const found = isKey(key);
    if (found) sound.add(key);
    return found;
  };
}

const NOTHING = new Uint8Array(0);
const RSA_ENCRYPTION = fromHex("06092A864886F70D010101");

/** The INTEGERs of RSAPrivateKey (RFC 8017 appendix A.1.2): version, n, e, d, p, q and on. */
function keyNumbers(pkcs8: Uint8Array): Uint8Array[] {
  const info = parseTlv(pkcs8);
  const [, algorithm, wrapped] = parseTlvs(info.value);
  const kind = algorithm?.value.subarray(0, RSA_ENCRYPTION.length);
  const outer = info.tag === 0x30 && info.length === pkcs8.length;
  if (!outer || kind === undefined || !equal(kind, RSA_ENCRYPTION) || wrapped?.tag !== 0x04) {
    throw new CodecError("TLV_INVALID", "not an RSA key in PKCS #8 DER", 0);
  }
  return parseTlvs(parseTlv(wrapped.value).value).map(({ value }) => value);
}

function unsigned(integer: Uint8Array): Uint8Array {
  return integer[0] === 0 ? integer.slice(1) : integer;
}

function whole(integer: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(integer).toString("hex") || "0"}`);
}

/** SubjectPublicKeyInfo DER. */
export function publicKeyFrom(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
}

/** Whether these bytes are an RSA-2048 public key, SubjectPublicKeyInfo DER. */
export const isPublicKey = rememberingSound((spki) => {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = publicKeyFrom(spki);
    return asymmetricKeyType === "rsa" && asymmetricKeyDetails?.modulusLength === 8 * MODULUS_BYTES;
  } catch {
    return false;
  }
});

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
  /** @param salt drawn only where the mode has one */
  sign(key: KeyObject, data: Uint8Array, salt: () => Uint8Array): Uint8Array;
}

const digestInfo = (hash: Uint8Array) => concat(SHA256_DIGEST_INFO, hash);

function type1(key: KeyObject, block: Uint8Array): Uint8Array {
  return new Uint8Array(privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, block));
}

function pss(key: KeyObject, hash: Uint8Array, salt: () => Uint8Array): Uint8Array {
  const block = encodePss(hash, salt(), MODULUS_BYTES * 8 - 1);
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

/** EMSA-PSS with SHA-256 and MGF1 over SHA-256 (RFC 8017 section 9.1.1), for a hash made elsewhere. */
import { createHash } from "node:crypto";
import { concat } from "../iso7816/index.ts";

const HASH_BYTES = 32;
const TRAILER = 0xbc;

/**
 * The block that RSA is applied to.
 *
 * @param hash SHA-256 of the message
 * @param bits length of the block in bits: one less than that of the modulus
 */
export function encodePss(hash: Uint8Array, salt: Uint8Array, bits: number): Uint8Array {
  const length = Math.ceil(bits / 8);
  const tag = sha256(concat(new Uint8Array(8), hash, salt));
  const zeros = new Uint8Array(length - salt.length - HASH_BYTES - 2);
  const data = concat(zeros, Uint8Array.of(0x01), salt);
  const mask = mgf1(tag, data.length);
  const masked = data.map((byte, i) => byte ^ (mask[i] ?? 0));
  const spare = 8 * length - bits;
  masked[0] = (masked[0] ?? 0) & (0xff >> spare);
  return concat(masked, tag, Uint8Array.of(TRAILER));
}

function mgf1(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, counter) =>
    sha256(concat(seed, Uint8Array.of(0, 0, 0, counter))),
  );
  return concat(...blocks).slice(0, length);
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

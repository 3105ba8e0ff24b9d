/**
 * RSA public keys as the card writes them, `90 03 01 00 01 ‖ 91 82 01 00 n` (card-facts 5.3 to 5.5),
 * and PKCS #1 v1.5 signatures checked with them (RFC 8017 section 8.2).
 */
import {
  constants,
  createHash,
  createPublicKey,
  type KeyObject,
  publicDecrypt,
  verify,
} from "node:crypto";
import { findTlv, parseTlvs } from "../../simulator/iso7816/index.ts";

const EXPONENT = 0x90;
const MODULUS = 0x91;

/** @throws CodecError TLV_INVALID when exponent or modulus is missing */
export function rsaKeyOf(exponentAndModulus: Uint8Array): KeyObject {
  const fields = parseTlvs(exponentAndModulus);
  const base64url = (tag: number) => Buffer.from(findTlv(fields, tag).value).toString("base64url");
  return createPublicKey({
    key: { kty: "RSA", n: base64url(MODULUS), e: base64url(EXPONENT) },
    format: "jwk",
  });
}

/** RSASSA-PKCS1-v1_5 with SHA-256. */
export function signs(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return verify("RSA-SHA256", data, key, signature);
}

/** PKCS #1 v1.5 around `block` as it is, which need not be the DigestInfo of one hash. */
export function signsBlock(key: KeyObject, block: Uint8Array, signature: Uint8Array): boolean {
  try {
    const padding = constants.RSA_PKCS1_PADDING;
    return publicDecrypt({ key, padding }, signature).equals(block);
  } catch {
    // Wrong length or padding: OpenSSL throws where the answer is simply no.
    return false;
  }
}

export function sha256(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(data).digest());
}

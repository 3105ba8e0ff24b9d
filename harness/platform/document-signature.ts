/**
 * A service's own check of a signature that 署名API returned: the platform looks at the certificate alone,
 * whether the signature is over the document is for the service to find out (platform-facts 4.5). It
 * also tells the mistakes that are made on the way from a document to what a card signs.
 *
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 sections 8.2 and 9.2).
 */
import { constants, createHash, publicDecrypt, X509Certificate } from "node:crypto";
import { concat, equal, fromHex } from "../../simulator/iso7816/index.ts";
import type { SignedDocument } from "./digital-auth-signing.ts";

export type SignatureFinding =
  | "fits"
  /** A signature of this key, over the hash of something else. */
  | "otherDocument"
  /** The hash was signed bare, without the name of its algorithm. */
  | "digestInfoMissing"
  /** What was handed in as a hash was a DigestInfo already. */
  | "digestInfoTwice"
  /** Not made with the key of the certificate. */
  | "otherKey";

/** DER of DigestInfo for SHA-256 up to the digest (RFC 8017 section 9.2, note 1). */
const DIGEST_INFO = fromHex("3031300D060960864801650304020105000420");

export function examineSignature(
  document: Uint8Array,
  { certificate, signature }: Pick<SignedDocument, "certificate" | "signature">,
): SignatureFinding {
  const signed = recover(certificate, signature);
  if (signed === undefined) return "otherKey";
  const digest = new Uint8Array(createHash("sha256").update(document).digest());
  if (equal(signed, concat(DIGEST_INFO, digest))) return "fits";
  if (equal(signed, digest)) return "digestInfoMissing";
  if (equal(signed, concat(DIGEST_INFO, DIGEST_INFO, digest))) return "digestInfoTwice";
  return "otherDocument";
}

/** What the signature is over, without its padding. */
function recover(certificate: Uint8Array, signature: Uint8Array): Uint8Array | undefined {
  const { publicKey: key } = new X509Certificate(certificate);
  try {
    return new Uint8Array(publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature));
  } catch {
    // OpenSSL throws where the padding is not what this key would have made.
    return undefined;
  }
}

/** The name a test card is declared by, so that the guard knows it again. */
import { createHash } from "node:crypto";

/**
 * SHA-256 of the 利用者証明用電子証明書, which any client can read without a PIN. It changes when the
 * certificate is renewed: a renewed card is to be declared anew.
 *
 * @param authCertificate DER
 * @returns `sha256:` and 64 lower-case hexadecimal digits
 */
export function cardIdentity(authCertificate: Uint8Array): string {
  return `sha256:${createHash("sha256").update(authCertificate).digest("hex")}`;
}
